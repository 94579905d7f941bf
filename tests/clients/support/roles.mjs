// RAM roles, by the generic client.
import { genericClient } from './openapi.mjs';

const trust = { Version: '1', Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: ['ecs.aliyuncs.com'] } }] };

/** Lets ECS read the buckets of an account, as the console does once one agrees to it. */
export const giveImportRole = (account, address) => giveRole('Import', account, address);

/** Likewise, lets it write there. */
export const giveExportRole = (account, address) => giveRole('Export', account, address);

async function giveRole(direction, { keyId, keySecret }, address) {
    const ram = genericClient({ keyId, keySecret, address, version: '2015-05-01' });
    const RoleName = `AliyunECSImage${direction}DefaultRole`;
    await ram('CreateRole', { query: { RoleName, AssumeRolePolicyDocument: JSON.stringify(trust) } });
    await ram('AttachPolicyToRole', { query: { RoleName, PolicyName: `AliyunECSImage${direction}RolePolicy`, PolicyType: 'System' } });
}
