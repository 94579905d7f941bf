// Roles and sessions: asked for by the generic client and by the older one, used by the official clients of ECS and OSS.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import OSS from 'ali-oss';
import Ecs, { DescribeImagesRequest, DeleteImageRequest } from '@alicloud/ecs20140526';
import { Config } from '@alicloud/openapi-client';
import Core from '@alicloud/pop-core';
import { startEmulator, control } from './support/emulator.mjs';
import { genericClient } from './support/openapi.mjs';

const account = '1000000000000077';
const key = { keyId: 'LTAIstsTestOwner', keySecret: 'stsTestOwnerSecret' };
const trust = principal => JSON.stringify({ Version: '1', Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: principal }] });
const arn = name => `acs:ram::${account}:role/${name}`;
const policy = (...actions) => JSON.stringify({ Version: '1', Statement: [{ Effect: 'Allow', Action: actions, Resource: '*' }] });
let emulator, ram, sts;

before(async () => {
    emulator = await startEmulator({ keys: [[key.keyId, key.keySecret, account]] });
    ram = genericClient({ ...key, address: emulator.address, version: '2015-05-01' });
    sts = genericClient({ ...key, address: emulator.address, version: '2015-04-01' });
    await ram('CreateRole', { query: { RoleName: 'tester', AssumeRolePolicyDocument: trust({ RAM: [`acs:ram::${account}:root`] }) } });
    await ram('AttachPolicyToRole', { query: { RoleName: 'tester', PolicyName: 'AliyunECSReadOnlyAccess', PolicyType: 'System' } });
    await ram('AttachPolicyToRole', { query: { RoleName: 'tester', PolicyName: 'AliyunOSSFullAccess', PolicyType: 'System' } });
});

after(() => emulator.stop());

async function assume(more = {}) {
    const reply = await sts('AssumeRole', { query: { RoleArn: arn('tester'), RoleSessionName: 'alice', ...more } });
    return reply.Credentials;
}

const ecsOf = c => new Ecs.default(new Config({
    accessKeyId: c.AccessKeyId, accessKeySecret: c.AccessKeySecret, securityToken: c.SecurityToken, endpoint: new URL(emulator.address).host, protocol: 'HTTP', regionId: 'cn-hangzhou',
}));

const ossOf = (c, authorizationV4) => new OSS({
    accessKeyId: c.AccessKeyId, accessKeySecret: c.AccessKeySecret, stsToken: c.SecurityToken, region: 'oss-cn-hangzhou', authorizationV4,
    endpoint: `http://localhost:${new URL(emulator.address).port}`, sldEnable: true,
});

describe('a session', () => {
    test('reads what its role may read, and nothing more', async () => {
        const ecs = ecsOf(await assume());
        const page = await ecs.describeImages(new DescribeImagesRequest({ regionId: 'cn-hangzhou', imageOwnerAlias: 'self' }));
        assert.equal(page.body.totalCount, 0);
        await assert.rejects(ecs.deleteImage(new DeleteImageRequest({ regionId: 'cn-hangzhou', imageId: 'm-1' })), error => {
            assert.equal(error.code, 'Forbidden.RAM');
            assert.equal(error.accessDeniedDetail.AuthAction, 'ecs:DeleteImage');
            return true;
        });
    });

    for (const v4 of [false, true]) {
        test(`stores objects, signed in the ${v4 ? 'newer' : 'older'} way`, async () => {
            const oss = ossOf(await assume(), v4);
            await oss.putBucket(`sts-${v4 ? 'v4' : 'v1'}`);
            oss.useBucket(`sts-${v4 ? 'v4' : 'v1'}`);
            await oss.put('a.txt', Buffer.from('of a session'));
            assert.equal((await oss.get('a.txt')).content.toString(), 'of a session');
            const url = oss.signatureUrl('a.txt', { expires: 600 });
            if (!v4) assert.equal(await (await fetch(url)).text(), 'of a session');
        });
    }

    test('of a narrower policy reads objects, and writes none', async () => {
        const wide = ossOf(await assume(), true);
        await wide.putBucket('sts-narrow');
        wide.useBucket('sts-narrow');
        await wide.put('a.txt', Buffer.from('here'));
        const narrow = ossOf(await assume({ Policy: policy('oss:GetObject') }), true);
        narrow.useBucket('sts-narrow');
        assert.equal((await narrow.get('a.txt')).content.toString(), 'here');
        const writes = [
            () => narrow.put('b.txt', Buffer.from('x')), () => narrow.delete('a.txt'), () => narrow.deleteMulti(['a.txt']),
            () => narrow.listV2({}), () => narrow.copy('c.txt', 'a.txt'),
        ];
        for (const write of writes) await assert.rejects(write, error => error.code === 'AccessDenied' && error.status === 403);
    });

    test('says who it is to the older client', async () => {
        const c = await assume();
        const pop = new Core({ accessKeyId: c.AccessKeyId, accessKeySecret: c.AccessKeySecret, securityToken: c.SecurityToken, endpoint: emulator.address, apiVersion: '2015-04-01' });
        const who = await pop.request('GetCallerIdentity', {});
        assert.equal(who.IdentityType, 'AssumedRoleUser');
        assert.equal(who.Arn, `acs:ram::${account}:assumed-role/tester/alice`);
        const again = await new Core({ ...{ accessKeyId: key.keyId, accessKeySecret: key.keySecret }, endpoint: emulator.address, apiVersion: '2015-04-01' })
            .request('AssumeRole', { RoleArn: arn('tester'), RoleSessionName: 'bob' }, { method: 'POST' });
        assert.match(again.Credentials.Expiration, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
    });
});

describe('STS', () => {
    for (const [code, status, change] of [
        ['EntityNotExist.Role', 404, { RoleArn: arn('nobody') }],
        ['InvalidParameter.RoleArn', 400, { RoleArn: 'tester' }],
        ['InvalidParameter.DurationSeconds', 400, { DurationSeconds: '60' }],
        ['InvalidParameter.RoleSessionName', 400, { RoleSessionName: 'a b' }],
        ['InvalidParameter.PolicyGrammar', 400, { Policy: 'nonsense' }],
    ]) {
        test(`refuses with ${code}`, () => assert.rejects(assume(change), error => {
            assert.equal(error.code, code);
            assert.equal(error.data.statusCode, status);
            return true;
        }));
    }

    test('issues a session for an identity token, without a signature', async () => {
        const provider = `acs:ram::${account}:oidc-provider/ci`;
        await ram('CreateRole', { query: { RoleName: 'ci', AssumeRolePolicyDocument: trust({ Federated: [provider] }) } });
        const reply = await fetch(`${emulator.address}/?Action=AssumeRoleWithOIDC&Version=2015-04-01&Format=JSON`, {
            method: 'POST',
            body: new URLSearchParams({ OIDCProviderArn: provider, OIDCToken: 'testoidctoken', RoleArn: arn('ci'), RoleSessionName: 'job' }),
        });
        const body = await reply.json();
        assert.equal(reply.status, 200, JSON.stringify(body));
        assert.match(body.Credentials.AccessKeyId, /^STS\./);
    });
});

// The clock goes ahead: nothing else can be asked of this emulator after it.
test('a session ends, at ECS and at OSS', async () => {
    const c = await assume({ DurationSeconds: '900' });
    const [ecs, oss] = [ecsOf(c), ossOf(c, true)];
    await ecs.describeImages(new DescribeImagesRequest({ regionId: 'cn-hangzhou' }));
    // A client's own clock may be off by fifteen minutes, which is just the life of the session.
    await control(emulator.address, 'POST', 'clock', { advanceSeconds: 898 });
    const until = Date.now() + 10_000;
    let refusal;
    while (!refusal && Date.now() < until) await ecs.describeImages(new DescribeImagesRequest({ regionId: 'cn-hangzhou' })).catch(error => { refusal = error.code; });
    assert.equal(refusal, 'InvalidSecurityToken.Expired');
    await assert.rejects(oss.listBuckets(), error => error.code === 'SecurityTokenExpired');
});
