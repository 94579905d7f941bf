// @alicloud/credentials, as its users use it: it finds the keys, and the ECS SDK and pop-core sign with what it found.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import http from 'node:http';
import net from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, beforeEach, test } from 'node:test';
import Credentials from '@alicloud/credentials';
import Ecs from '@alicloud/ecs20140526';
import { $OpenApiUtil } from '@alicloud/openapi-core';
import RpcClient from '@alicloud/pop-core';

const server = new URL(process.env.ECS_EMULATOR);
const uri = query => `${server.origin}/_emulator/credentials${query ?? ''}`;
const Credential = Credentials.default;

// A machine on which nobody has configured anything.
const home = mkdtempSync(join(tmpdir(), 'credentials-clients-'));
after(() => rmSync(home, { recursive: true }));
process.env.HOME = process.env.USERPROFILE = home;

// The metadata service's own address leads to the emulator: what a route would do. The client itself is as it is.
const connect = http.Agent.prototype.createConnection;
http.Agent.prototype.createConnection = function (options, done) {
    const routed = options.host === '100.100.100.200' ? { ...options, host: server.hostname, port: Number(server.port) } : options;
    return routed === options ? connect.call(this, options, done) : net.createConnection(routed, done);
};
after(() => { http.Agent.prototype.createConnection = connect; });

// The machine may have a metadata service of its own, which is not asked: no test runs unless the way leads to the emulator.
before(() => new Promise((done, failed) => http.get('http://100.100.100.200/_emulator/health', { agent: new http.Agent() }, response => {
    response.resume();
    if (response.statusCode === 200) done();
    else failed(new Error('100.100.100.200 does not lead to the emulator.'));
}).on('error', failed)));

const settings = ['ALIBABA_CLOUD_CREDENTIALS_URI', 'ALIBABA_CLOUD_ECS_METADATA', 'ALIBABA_CLOUD_IMDSV1_DISABLED'];
beforeEach(async () => {
    for (const name of settings) delete process.env[name];
    process.env.ALIBABA_CLOUD_ECS_METADATA_DISABLED = 'true';
    await instance({ account: 'first', role: 'builder', httpTokens: 'optional' });
});

async function instance(change) {
    const reply = await fetch(`${server.origin}/_emulator/metadata`, { method: 'PUT', headers: { 'content-type': 'application/json' }, body: JSON.stringify(change) });
    assert.equal(reply.status, 200, await reply.text());
}

function ecs(credential) {
    return new Ecs.default(new $OpenApiUtil.Config({ credential, endpoint: server.host, protocol: 'HTTP', regionId: 'cn-hangzhou' }));
}

async function regions(credential) {
    const reply = await ecs(credential).describeRegions(new Ecs.DescribeRegionsRequest({}));
    return reply.body.regions.region.length;
}

async function caller(credential) {
    const { accessKeyId, accessKeySecret, securityToken } = await credential.getCredential();
    assert.match(accessKeyId, /^STS\./);
    const sts = new RpcClient({ accessKeyId, accessKeySecret, securityToken, endpoint: server.origin, apiVersion: '2015-04-01' });
    return (await sts.request('GetCallerIdentity', {}, { method: 'POST' })).AccountId;
}

const accounts = async () => Object.fromEntries((await (await fetch(`${server.origin}/_emulator/accounts`)).json()).map(a => [a.name, a.accountId]));

test('a credentials URI hands out keys that the ECS SDK signs with', async () => {
    const credential = new Credential(new Credentials.Config({ type: 'credentials_uri', credentialsURI: uri() }));
    assert.ok(await regions(credential) > 10);
    assert.equal(await caller(credential), (await accounts()).first);
});

test('a credentials URI hands out keys of the account that it names', async () => {
    const credential = new Credential(new Credentials.Config({ type: 'credentials_uri', credentialsURI: uri('?account=second&role=baker&durationSeconds=900') }));
    assert.equal(await caller(credential), (await accounts()).second);
});

test('a credentials URI that cannot be answered is an error of the client', async () => {
    const credential = new Credential(new Credentials.Config({ type: 'credentials_uri', credentialsURI: uri('?account=nobody') }));
    await assert.rejects(credential.getCredential(), /httpStatus: 400.*There is no account/s);
});

test('a session that is about to end is fetched anew, and the new one works', async () => {
    const credential = new Credential(new Credentials.Config({ type: 'credentials_uri', credentialsURI: uri('?role=short&durationSeconds=900') }));
    const first = await credential.getCredential();
    // Shorter than the client's own quarter of an hour: it asks each time, and gets the same while that is young.
    assert.equal((await credential.getCredential()).accessKeyId, first.accessKeyId);
    assert.ok(await regions(credential) > 10);
});

test('the default chain finds the credentials URI in the environment', async () => {
    process.env.ALIBABA_CLOUD_CREDENTIALS_URI = uri();
    assert.ok(await regions(new Credential()) > 10);
});

test('the default chain finds the role of the instance before the credentials URI', async () => {
    delete process.env.ALIBABA_CLOUD_ECS_METADATA_DISABLED;
    process.env.ALIBABA_CLOUD_CREDENTIALS_URI = uri('?account=second');
    assert.equal(await caller(new Credential()), (await accounts()).first);
});

for (const httpTokens of ['optional', 'required']) {
    test(`the role of the instance is found while tokens are ${httpTokens}`, async () => {
        delete process.env.ALIBABA_CLOUD_ECS_METADATA_DISABLED;
        await instance({ httpTokens });
        const credential = new Credential(new Credentials.Config({ type: 'ecs_ram_role', disableIMDSv1: true }));
        assert.ok(await regions(credential) > 10);
        assert.equal(await caller(credential), (await accounts()).first);
    });
}

test('a role of the instance is found by its name, and another one is not', async () => {
    delete process.env.ALIBABA_CLOUD_ECS_METADATA_DISABLED;
    await instance({ account: 'second' });
    assert.equal(await caller(new Credential(new Credentials.Config({ type: 'ecs_ram_role', roleName: 'builder' }))), (await accounts()).second);
    await assert.rejects(new Credential(new Credentials.Config({ type: 'ecs_ram_role', roleName: 'other', disableIMDSv1: true })).getCredential(), /404/);
});

test('an instance without a role has no key', async () => {
    delete process.env.ALIBABA_CLOUD_ECS_METADATA_DISABLED;
    await instance({ role: '' });
    await assert.rejects(new Credential(new Credentials.Config({ type: 'ecs_ram_role', disableIMDSv1: true })).getCredential(), /404/);
});
