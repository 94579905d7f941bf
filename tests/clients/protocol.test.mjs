// What the official clients meet around a call: signatures, clocks, throttling, lost replies, and the emulator as their proxy.
import assert from 'node:assert/strict';
import { after, afterEach, before, describe, test } from 'node:test';
import http from 'node:http';
import * as $dara from '@darabonba/typescript';
import pop from '@alicloud/pop-core';
import proxy from 'http-proxy-agent';
import httpx from 'httpx';
import { assertRefused, availableImage, bake, ecsClient, openAccount, operations } from './support/ecs.mjs';
import { control, startEmulator } from './support/emulator.mjs';
import { genericClient } from './support/openapi.mjs';

let emulator, me;

before(async () => {
    emulator = await startEmulator();
    me = await openAccount('protocol', emulator);
});
after(() => emulator?.stop());
afterEach(() => control(emulator.address, 'DELETE', 'faults'));

const client = more => operations(ecsClient({ keyId: me.keyId, keySecret: me.keySecret, address: emulator.address, ...more }));
const clock = seconds => control(emulator.address, 'POST', 'clock', { advanceSeconds: seconds });
const fault = f => control(emulator.address, 'POST', 'faults', f);
const requests = async operation => await control(emulator.address, 'GET', `requests?operation=${operation}`);

describe('ACS3-HMAC-SHA256', () => {
    test('a wrong secret, a key that nobody has', async () => {
        const error = await assertRefused(client({ keySecret: 'wrong' }).describeRegions(), 'SignatureDoesNotMatch', 400);
        assert.equal(error.name, 'ClientError');
        assert.ok(!error.data.Message.includes(me.keySecret));
        await assertRefused(client({ keyId: 'LTAInobody' }).describeRegions(), 'InvalidAccessKeyId.NotFound', 404);
    });

    test('values of any kind are signed as they are sent', async () => {
        const description = "a b+c&d=e*f~g!h'i(j)k/中文 %20 \"q\" \u{1F600}";
        const { launchTemplateId } = await me.createLaunchTemplate({ launchTemplateName: 'odd', versionDescription: description, templateTag: Array.from({ length: 12 }, (_, i) => ({ key: `k${i}`, value: description })) });
        const { launchTemplateVersionSets } = await me.describeLaunchTemplateVersions({ launchTemplateId });
        assert.equal(launchTemplateVersionSets.launchTemplateVersionSet[0].versionDescription, description);
    });

    test('a clock that is an hour off is told so, and well again when it is right', async () => {
        for (const seconds of [3600, -7200]) {
            await clock(seconds);
            await assertRefused(me.describeRegions(), 'InvalidTimeStamp.Expired', 400);
        }
        await clock(3600);
        await me.describeRegions();
        await clock(600);
        await me.describeRegions();
        await clock(-600);
    });

    test('a request that is sent twice is refused the second time', async () => {
        const { request } = httpx;
        httpx.request = async (url, options) => {
            await httpx.read(await request(url, options));
            return request(url, options);
        };
        try {
            await assertRefused(me.describeRegions(), 'SignatureNonceUsed', 400);
        } finally {
            httpx.request = request;
        }
    });
});

describe('products', () => {
    test('unknown actions and versions', async () => {
        const call = version => genericClient({ keyId: me.keyId, keySecret: me.keySecret, address: emulator.address, version });
        await assertRefused(call('2014-05-26')('DescribeDragons'), 'InvalidAction.NotFound', 404);
        await assertRefused(call('2014-05-26')('describeRegions'), 'InvalidAction.NotFound', 404);
        const identity = await call('2015-04-01')('GetCallerIdentity');
        assert.deepEqual([identity.AccountId, identity.IdentityType], [me.accountId, 'Account']);
    });
});

describe('retries', () => {
    const retrying = maxAttempts => client({
        retryOptions: new $dara.RetryOptions({
            retryable: true,
            retryCondition: [new $dara.RetryCondition({ maxAttempts, exception: ['ThrottlingError', 'ServerError'], errorCode: ['Throttling.User', 'ServiceUnavailable'] })],
        }),
    });

    test('by default there are none: throttling is an error that says how long to wait', async () => {
        await fault({ kind: 'Throttle', operation: 'DescribeZones', count: 1, retryAfterMilliseconds: 1234 });
        const error = await assertRefused(me.describeZones(), 'Throttling.User', 400);
        assert.deepEqual([error.name, error.retryAfter], ['ThrottlingError', 1234]);
        assert.equal((await requests('DescribeZones')).length, 1);
    });

    test('with retry options a throttled call waits as long as it is told, and passes', async () => {
        await fault({ kind: 'Throttle', operation: 'DescribeRegions', count: 2, retryAfterMilliseconds: 300 });
        await control(emulator.address, 'DELETE', 'requests');
        const started = performance.now();
        assert.ok((await retrying(4).describeRegions()).regions.region.length > 0);
        const took = performance.now() - started;
        assert.ok(took >= 590, `${took} ms`);
        assert.deepEqual((await requests('DescribeRegions')).map(r => r.status), [400, 400, 200]);
    });

    test('an outage is tried again, and given up after the attempts that were asked for', async () => {
        await fault({ kind: 'Error', operation: 'DescribeRegions', status: 503, code: 'ServiceUnavailable' });
        await control(emulator.address, 'DELETE', 'requests');
        const error = await assertRefused(retrying(3).describeRegions(), 'ServiceUnavailable', 503);
        assert.equal(error.name, 'ServerError');
        assert.equal((await requests('DescribeRegions')).length, 3);
    });

    test('a copy whose reply was lost, asked for again with its token, makes one image', async () => {
        const { imageId } = await bake(me);
        for (const kind of ['DropReply', 'Truncate']) {
            await fault({ kind, operation: 'CopyImage', count: 1 });
            const request = { imageId, destinationRegionId: 'cn-beijing', destinationImageName: kind, clientToken: `lost-${kind}` };
            await assert.rejects(me.copyImage(request));
            const { imageId: copy } = await me.copyImage(request);
            await availableImage(me, copy, 'cn-beijing');
        }
        assert.equal((await me.describeImages({ regionId: 'cn-beijing', imageOwnerAlias: 'self', status: 'ALL' })).totalCount, 2);
    });

    test('a reply that is late is given up in time', async () => {
        await fault({ kind: 'Delay', operation: 'DescribeRegions', count: 1, delayMilliseconds: 3000 });
        await assert.rejects(client({ readTimeout: 200 }).describeRegions(), /[Tt]ime ?out/);
    });
});

describe('the emulator as a proxy, without an endpoint in the client', () => {
    // The SDK for Node.js takes httpProxy and does nothing with it: one sets the agent, as for any program of Node.js.
    const { request } = http;
    before(() => {
        const agent = new proxy.HttpProxyAgent(emulator.address);
        http.request = (options, answered) => request({ ...options, agent: options.host?.endsWith('.aliyuncs.com') ? agent : options.agent }, answered);
    });
    after(() => { http.request = request; });

    test('hosts of regions are answered, the older names among them', async () => {
        for (const [regionId, host] of [['cn-hangzhou', 'ecs-cn-hangzhou.aliyuncs.com'], ['cn-beijing', 'ecs.cn-beijing.aliyuncs.com'], ['eu-central-1', 'ecs.eu-central-1.aliyuncs.com']]) {
            const there = client({ address: null, regionId });
            assert.equal(there.client._endpoint, host);
            const body = await there.describeZones({ regionId, verbose: false });
            assert.ok(body.zones.zone.every(z => z.zoneId.startsWith(regionId)), regionId);
        }
    });

    test('errors name the host that was asked', async () => {
        const error = await assertRefused(client({ address: null, regionId: 'cn-beijing' }).describeImages({ regionId: 'cn-beijing', OSType: 'beos' }), 'InvalidOSType', 404);
        assert.equal(error.data.HostId, 'ecs.cn-beijing.aliyuncs.com');
    });

    test('the older signature goes the same way, to every product', async () => {
        const ask = (host, apiVersion, action, parameters) =>
            new pop.RPCClient({ accessKeyId: me.keyId, accessKeySecret: me.keySecret, endpoint: `http://${host}`, apiVersion }).request(action, parameters, { method: 'POST' });
        assert.ok((await ask('ecs.cn-shanghai.aliyuncs.com', '2014-05-26', 'DescribeZones', { RegionId: 'cn-shanghai' })).Zones.Zone.length > 0);
        assert.equal(String((await ask('sts.cn-hangzhou.aliyuncs.com', '2015-04-01', 'GetCallerIdentity', {})).AccountId), me.accountId);
        assert.equal(String((await ask('sts.aliyuncs.com', '2015-04-01', 'GetCallerIdentity', {})).AccountId), me.accountId);
        assert.ok((await ask('quotas.aliyuncs.com', '2020-05-10', 'ListProducts', {})).ProductInfo.length > 0);
    });
});
