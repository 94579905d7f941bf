// @alicloud/credentials asks STS for sessions, which it does over https only: it trusts the emulator's authority by NODE_EXTRA_CA_CERTS.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { startEmulator } from './support/emulator.mjs';
import { genericClient } from './support/openapi.mjs';

const account = '1000000000000099';
const [keyId, keySecret] = ['LTAIcredentialRoles', 'credentialRolesSecret'];
const provider = `acs:ram::${account}:oidc-provider/ci`;
const folder = mkdtempSync(join(tmpdir(), 'credential-roles-'));
const script = join(dirname(fileURLToPath(import.meta.url)), 'scripts', 'who-am-i.mjs');
const [ca, token] = [join(folder, 'ca.pem'), join(folder, 'token')];
let emulator, host;

before(async () => {
    emulator = await startEmulator({ keys: [[keyId, keySecret, account]] });
    host = new URL(emulator.address).host;
    writeFileSync(ca, await (await fetch(`${emulator.address}/_emulator/ca.pem`)).text());
    writeFileSync(token, 'testoidctoken');
    const ram = genericClient({ keyId, keySecret, address: emulator.address, version: '2015-05-01' });
    for (const [RoleName, Principal] of [['tester', { RAM: [`acs:ram::${account}:root`] }], ['ci', { Federated: [provider] }]]) {
        const trust = JSON.stringify({ Version: '1', Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal }] });
        await ram('CreateRole', { query: { RoleName, AssumeRolePolicyDocument: trust } });
        await ram('AttachPolicyToRole', { query: { RoleName, PolicyName: 'AliyunECSReadOnlyAccess', PolicyType: 'System' } });
    }
});

after(async () => {
    await emulator.stop();
    rmSync(folder, { recursive: true });
});

// Without a certificate check switched off, and without anything of the machine's own configuration.
function whoAmI(environment) {
    const env = {
        PATH: process.env.PATH, HOME: folder, NODE_EXTRA_CA_CERTS: ca, ECS_EMULATOR: emulator.address, ALIBABA_CLOUD_ECS_METADATA_DISABLED: 'true', ...environment,
    };
    return new Promise((done, failed) => execFile(process.execPath, [script], { env, timeout: 30_000 },
        (error, output, errors) => error ? failed(new Error(errors)) : done(JSON.parse(output))));
}

const roleArn = name => `acs:ram::${account}:role/${name}`;

describe('@alicloud/credentials', () => {
    test('assumes a role', async () => {
        const { arn, regions } = await whoAmI({
            CREDENTIAL: JSON.stringify({
                type: 'ram_role_arn', accessKeyId: keyId, accessKeySecret: keySecret, roleArn: roleArn('tester'), roleSessionName: 'job-7', stsEndpoint: host,
            }),
        });
        assert.equal(arn, `acs:ram::${account}:assumed-role/tester/job-7`);
        assert.ok(regions > 10);
    });

    test('brings an identity token', async () => {
        const { arn } = await whoAmI({
            CREDENTIAL: JSON.stringify({
                type: 'oidc_role_arn', roleArn: roleArn('ci'), oidcProviderArn: provider, oidcTokenFilePath: token, roleSessionName: 'job-7', stsEndpoint: host,
            }),
        });
        assert.equal(arn, `acs:ram::${account}:assumed-role/ci/job-7`);
    });

    test('says what STS refuses', () => assert.rejects(whoAmI({
        CREDENTIAL: JSON.stringify({
            type: 'ram_role_arn', accessKeyId: keyId, accessKeySecret: keySecret, roleArn: roleArn('nobody'), roleSessionName: 'job-7', stsEndpoint: host,
        }),
    }), /EntityNotExist\.Role/));
});
