// Location, which older clients ask where a product is before they call it: by the generic client, and by pop-core as aliyun's core SDKs do.
import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import pop from '@alicloud/pop-core';
import proxy from 'http-proxy-agent';
import { assertRefused, openAccount } from './support/ecs.mjs';
import { genericClient } from './support/openapi.mjs';

const version = '2015-06-12';
let me, call;

before(async () => {
    me = await openAccount('location');
    call = genericClient({ keyId: me.keyId, keySecret: me.keySecret, version });
});

const core = (host, apiVersion, agent) => new pop.RPCClient({
    accessKeyId: me.keyId, accessKeySecret: me.keySecret, endpoint: host, apiVersion, opts: agent && { agent },
});
const ask = (client, parameters, method = 'GET') => client.request('DescribeEndpoints', { Type: 'openAPI', ...parameters }, { method });

describe('the generic client', () => {
    test('is told the host of each product', async () => {
        const hosts = {
            ecs: 'ecs.cn-beijing.aliyuncs.com', oos: 'oos.cn-beijing.aliyuncs.com', sts: 'sts.cn-beijing.aliyuncs.com', oss: 'oss-cn-beijing.aliyuncs.com',
            vpc: 'vpc.cn-beijing.aliyuncs.com', ram: 'ram.aliyuncs.com', quotas: 'quotas.aliyuncs.com',
        };
        for (const [code, host] of Object.entries(hosts)) {
            const body = await call('DescribeEndpoints', { query: { Id: 'cn-beijing', ServiceCode: code, Type: 'openAPI' } });
            assert.equal(body.Success, true);
            const [found, ...more] = body.Endpoints.Endpoint;
            assert.deepEqual([found.Endpoint, found.Id, found.SerivceCode, found.Type, more.length], [host, 'cn-beijing', code, 'openAPI', 0]);
            assert.ok(found.Protocols.Protocols.includes('HTTPS'));
            const flat = await call('DescribeEndpoint', { query: { Id: 'cn-beijing', ServiceCode: code } });
            assert.equal(flat.Endpoint, host);
        }
    });

    test('is refused in the words that core SDKs compare', async () => {
        const region = await assertRefused(call('DescribeEndpoints', { query: { Id: 'cn-atlantis', ServiceCode: 'ecs' } }), 'InvalidRegionId', 404);
        assert.equal(region.data.Message, 'The specified region does not exist.');
        const service = await assertRefused(call('DescribeEndpoints', { query: { Id: 'cn-hangzhou', ServiceCode: 'dragons' } }), 'Illegal Parameter', 400);
        assert.equal(service.data.Message, 'Please check the parameters');
        await assertRefused(call('DescribeEndpoints', { query: { ServiceCode: 'ecs' } }), 'MissingParameter', 400);
    });
});

describe('pop-core', () => {
    for (const method of ['GET', 'POST'])
        test(`asks by ${method} at the emulator's address`, async () => {
            const body = await ask(core(process.env.ECS_EMULATOR, version), { Id: 'cn-hangzhou', ServiceCode: 'ecs' }, method);
            assert.equal(body.Endpoints.Endpoint[0].Endpoint, 'ecs.cn-hangzhou.aliyuncs.com');
        });

    test('through the emulator as its proxy: asks Location by its name, then the host that it was told', async () => {
        const agent = new proxy.HttpProxyAgent(process.env.ECS_EMULATOR);
        const body = await ask(core('http://location-readonly.aliyuncs.com', version, agent), { Id: 'cn-shanghai', RegionId: 'cn-hangzhou', ServiceCode: 'ecs' });
        const ecs = core(`http://${body.Endpoints.Endpoint[0].Endpoint}`, '2014-05-26', agent);
        const images = await ecs.request('DescribeImages', { RegionId: 'cn-shanghai', ImageOwnerAlias: 'system', PageSize: 1 });
        assert.equal(images.RegionId, 'cn-shanghai');
    });

    test('needs a key that is somebody\'s', async () => {
        const stranger = new pop.RPCClient({ accessKeyId: 'LTAInobody', accessKeySecret: 'wrong', endpoint: process.env.ECS_EMULATOR, apiVersion: version });
        await assert.rejects(ask(stranger, { Id: 'cn-hangzhou', ServiceCode: 'ecs' }), e => e.code === 'InvalidAccessKeyId.NotFound');
    });
});
