// RAM roles, by the generic client.
import { genericClient } from './openapi.mjs';

const trust = { Version: '1', Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: ['ecs.aliyuncs.com'] } }] };

/** Lets ECS read the buckets of an account, as the console does once one agrees to it. */
export async function giveImportRole({ keyId, keySecret }, address) {
    const ram = genericClient({ keyId, keySecret, address, version: '2015-05-01' });
    const RoleName = 'AliyunECSImageImportDefaultRole';
    await ram('CreateRole', { query: { RoleName, AssumeRolePolicyDocument: JSON.stringify(trust) } });
    await ram('AttachPolicyToRole', { query: { RoleName, PolicyName: 'AliyunECSImageImportRolePolicy', PolicyType: 'System' } });
}
