// @alicloud/pop-core: the older signature, by GET and POST, on an emulator of its own.
import assert from 'node:assert/strict';
import { createServer } from 'node:net';
import { after, before, describe, test } from 'node:test';
import pop from '@alicloud/pop-core';
import { control, startEmulator } from './support/emulator.mjs';

const [keyId, keySecret] = ['LTAIpopCore', 'popCoreSecret'];
let emulator, other;

before(async () => {
    emulator = await startEmulator({ keys: [[keyId, keySecret, 'pop']] });
    other = await control(emulator.address, 'POST', 'accounts', { name: 'other' });
});
after(() => emulator?.stop());

const client = (more = {}) => new pop.RPCClient({ accessKeyId: keyId, accessKeySecret: keySecret, endpoint: emulator.address, apiVersion: '2014-05-26', ...more });
const refusal = async call => {
    const error = await call.then(() => assert.fail('It was not refused.'), e => e);
    if (error instanceof assert.AssertionError) throw error;
    return [error.code, error.name];
};

for (const method of ['GET', 'POST'])
    describe(`by ${method}`, () => {
        const ask = (action, parameters, more) => client(more).request(action, parameters, { method });

        test('reads, with lists and odd characters in its parameters', async () => {
            const images = await ask('DescribeImages', { RegionId: 'cn-hangzhou', ImageOwnerAlias: 'system', PageSize: 2, Filter: [{ Key: 'NetworkType', Value: 'vpc' }] });
            assert.equal(images.Images.Image.length, 2);
            assert.match(images.RequestId, /^[0-9A-F-]{36}$/);
            const odd = "a b+c&d=e*f~g!h'i(j)k/中文%20";
            const { LaunchTemplateId } = await ask('CreateLaunchTemplate', {
                RegionId: 'cn-hangzhou', LaunchTemplateName: `odd-${method}`, VersionDescription: odd, TemplateTag: [{ Key: 'k', Value: odd }],
            });
            const { LaunchTemplateVersionSets } = await ask('DescribeLaunchTemplateVersions', { RegionId: 'cn-hangzhou', LaunchTemplateId });
            assert.equal(LaunchTemplateVersionSets.LaunchTemplateVersionSet[0].VersionDescription, odd);
        });

        test('an action and parameters in lower case are put right by the client', async () => {
            const regions = await ask('describeRegions', { acceptLanguage: 'en-US' });
            assert.ok(regions.Regions.Region.length > 20);
        });

        test('numbers of an account\'s length arrive whole', async () => {
            const images = await ask('DescribeImages', { RegionId: 'cn-hangzhou', ImageOwnerAlias: 'others', ImageOwnerId: other.accountId });
            assert.equal(images.TotalCount, 0);
        });

        test('other products answer by their version', async () => {
            const caller = await ask('GetCallerIdentity', {}, { apiVersion: '2015-04-01' });
            assert.match(String(caller.AccountId), /^\d{16}$/);
            const quotas = await ask('ListProductQuotas', { ProductCode: 'ecs', Dimensions: [{ Key: 'regionId', Value: 'cn-hangzhou' }] }, { apiVersion: '2020-05-10' });
            assert.ok(quotas.Quotas.length > 0);
        });

        test('is refused with a wrong secret, a key that nobody has, a spent nonce, a stale time', async () => {
            assert.deepEqual(await refusal(ask('DescribeRegions', {}, { accessKeySecret: 'wrong' })), ['SignatureDoesNotMatch', 'SignatureDoesNotMatchError']);
            assert.deepEqual(await refusal(ask('DescribeRegions', {}, { accessKeyId: 'LTAInobody' })), ['InvalidAccessKeyId.NotFound', 'InvalidAccessKeyId.NotFoundError']);
            const nonce = { SignatureNonce: `once-${method}` };
            await ask('DescribeRegions', nonce);
            assert.deepEqual(await refusal(ask('DescribeRegions', nonce)), ['SignatureNonceUsed', 'SignatureNonceUsedError']);
            assert.deepEqual((await refusal(ask('DescribeRegions', { Timestamp: '2020-01-01T00:00:00Z' })))[0], 'InvalidTimeStamp.Expired');
            assert.deepEqual((await refusal(ask('DescribeRegions', { Timestamp: 'noon' })))[0], 'IllegalTimestamp');
        });

        test('is refused for what the API does not have', async () => {
            assert.equal((await refusal(ask('DescribeDragons', {})))[0], 'InvalidAction.NotFound');
            assert.equal((await refusal(ask('DescribeRegions', { Colour: 'red' })))[0], 'InvalidParameter');
            assert.equal((await refusal(ask('DescribeImages', { RegionId: 'cn-atlantis' })))[0], 'InvalidRegionId.NotFound');
            assert.equal((await refusal(ask('DescribeImages', { RegionId: 'cn-hangzhou', PageSize: 'many' })))[0], 'InvalidParameter');
            assert.equal((await refusal(ask('DescribeImages', {})))[0], 'MissingParameter');
        });

        test('a message repeats no secret', async () => {
            const error = await ask('RunInstances', { RegionId: 'cn-hangzhou', ImageId: 'm-nobody', InstanceType: 'ecs.g7.large', Password: 'Correct-Horse-7' }, { accessKeySecret: 'wrong' }).catch(e => e);
            assert.equal(error.code, 'SignatureDoesNotMatch');
            assert.ok(!error.data.Message.includes('Correct-Horse-7'), error.data.Message);
        });
    });

describe('what goes wrong on the way', () => {
    const fault = f => control(emulator.address, 'POST', 'faults', { product: 'ecs', operation: 'DescribeRegions', count: 1, ...f });

    test('a call that takes too long ends in time', async () => {
        await fault({ kind: 'Delay', delayMilliseconds: 3000 });
        const error = await client().request('DescribeRegions', {}, { timeout: 200 }).catch(e => e);
        assert.equal(error.name, 'RequestTimeoutError');
        assert.ok((await client().request('DescribeRegions', {}, { timeout: 5000 })).Regions);
    });

    test('a connection that is reset, and one that is cut off, are errors of the client', async () => {
        for (const kind of ['Reset', 'DropReply', 'Truncate']) {
            await fault({ kind });
            await assert.rejects(client().request('DescribeRegions', {}, { method: 'POST' }), { code: 'ECONNRESET' }, kind);
            assert.ok((await client().request('DescribeRegions', {})).Regions, 'the next call is well');
        }
    });

    test('throttling and outages come with their codes', async () => {
        await fault({ kind: 'Throttle' });
        assert.equal((await refusal(client().request('DescribeRegions', {})))[0], 'Throttling.User');
        await fault({ kind: 'Error' });
        assert.equal((await refusal(client().request('DescribeRegions', {})))[0], 'ServiceUnavailable');
    });

    test('nobody listens where the emulator does not', async () => {
        const free = await new Promise(done => { const s = createServer().listen(0, '127.0.0.1', () => { const { port } = s.address(); s.close(() => done(port)); }); });
        await assert.rejects(client({ endpoint: `http://127.0.0.1:${free}` }).request('DescribeRegions', {}), /ECONNREFUSED/);
    });
});
