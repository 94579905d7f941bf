// @alicloud/ecs20140526 as its samples use it. Each test file opens an account of its own, so that none sees another's images.
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { test } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import * as models from '@alicloud/ecs20140526';
import { $OpenApiUtil } from '@alicloud/openapi-core';
import { control } from './emulator.mjs';
import { assertDocumented, fill } from './models.mjs';

export const region = 'cn-hangzhou';

class RecordingClient extends models.default.default {
    async callApi(...call) {
        const reply = await super.callApi(...call);
        this.lastBody = reply.body;
        return reply;
    }
}

/** A client of the SDK at the emulator; with no address, at the service's own host of the region. */
export function ecsClient({ keyId, keySecret, address = process.env.ECS_EMULATOR, regionId = region, ...more }) {
    return new RecordingClient(new $OpenApiUtil.Config({
        accessKeyId: keyId, accessKeySecret: keySecret, endpoint: address && new URL(address).host, protocol: 'HTTP', regionId, ...more,
    }));
}

/** The operations of a client, as functions from a plain object to the reply's body, which must be as documented; and what else is known. */
export function operations(client, facts = {}) {
    return new Proxy({ client, ...facts }, {
        get(target, name) {
            // It is awaited, and printed, without being a promise or a string.
            if (name in target || name === 'then' || typeof name === 'symbol') return target[name];
            const Request = models[`${name[0].toUpperCase()}${name.slice(1)}Request`];
            assert.ok(Request, `The SDK has no operation ${name}`);
            return async (parameters = {}) => {
                const reply = await client[name](fill(Request, 'regionId' in Request.types() ? { regionId: region, ...parameters } : parameters));
                assert.equal(reply.statusCode, 200);
                assert.match(reply.body.requestId, /^[0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}$/);
                assertDocumented(reply.body, client.lastBody);
                return reply.body;
            };
        },
    });
}

/** A new account with a key, as its operations, with accountId beside them. */
export async function openAccount(name, { address = process.env.ECS_EMULATOR, ...config } = {}) {
    const suffix = randomBytes(4).toString('hex');
    const key = { keyId: `LTAI${name}${suffix}`, keySecret: `secret-of-${name}-${suffix}` };
    const account = await control(address, 'POST', 'accounts', { name: `${name}-${suffix}`, accessKeyId: key.keyId, accessKeySecret: key.keySecret });
    return operations(ecsClient({ ...key, address, ...config }), { ...key, accountId: account.accountId });
}

/** Asks again until the answer will do, as every user of an asynchronous operation must. */
export async function until(ask, willDo) {
    for (let tries = 0; ; tries++) {
        const answer = await ask();
        if (willDo(answer)) return answer;
        assert.ok(tries < 400, `Still ${JSON.stringify(answer)}`);
        await setTimeout(25);
    }
}

export async function imageOf(api, imageId, regionId = region) {
    const body = await api.describeImages({ regionId, imageId, status: 'ALL' });
    return body.images.image[0];
}

export const availableImage = (api, imageId, regionId) => until(() => imageOf(api, imageId, regionId), i => i?.status === 'Available');

/** The newest public image of a platform. */
export async function publicImage(api, { platform = 'Aliyun', osType = 'linux', architecture = 'x86_64' } = {}) {
    const body = await api.describeImages({ imageOwnerAlias: 'system', OSType: osType, architecture, pageSize: 100 });
    const image = body.images.image.find(i => i.platform === platform);
    assert.ok(image, `No public image of ${platform}`);
    return image;
}

export async function instanceOf(api, instanceId) {
    const body = await api.describeInstances({ instanceIds: JSON.stringify([instanceId]) });
    return body.instances.instance[0];
}

export const instanceThatIs = (api, status, instanceId) => until(() => instanceOf(api, instanceId), i => i?.status === status);

export async function launch(api, parameters = {}) {
    const imageId = parameters.imageId ?? (parameters.imageFamily ? undefined : (await publicImage(api)).imageId);
    const body = await api.runInstances({ imageId, instanceType: 'ecs.g7.large', ...parameters });
    const ids = body.instanceIdSets.instanceIdSet;
    for (const id of ids) await instanceThatIs(api, 'Running', id);
    return ids;
}

/** An image of a new instance, available. */
export async function bake(api, parameters = {}) {
    const [instanceId] = await launch(api);
    const { imageId } = await api.createImage({ instanceId, ...parameters });
    await availableImage(api, imageId);
    return { imageId, instanceId };
}

export const snapshotThatIs = (api, status, snapshotId) => until(
    async () => (await api.describeSnapshots({ snapshotIds: JSON.stringify([snapshotId]) })).snapshots.snapshot[0], s => s?.status === status);

export async function disksOf(api, instanceId) {
    return (await api.describeDisks({ instanceId })).disks.disk;
}

/** Fails unless the service refuses with the code and the status. */
export async function assertRefused(call, code, status) {
    const error = await call.then(() => assert.fail(`Not refused: ${code} was expected.`), e => e);
    if (error instanceof assert.AssertionError) throw error;
    assert.deepEqual([error.code, error.statusCode], [code, status], error.message);
    assert.ok(error.data.Message?.length > 0 && error.data.RequestId?.length === 36 && error.data.HostId?.length > 0, JSON.stringify(error.data));
    return error;
}

/** One test a row: [code, status, operation, parameters or a function that makes them, once the file's before() ran]. */
export function testRefusals(api, rows) {
    for (const [code, status, operation, parameters, why = ''] of rows)
        test(`${operation} refuses with ${code} (${status})${why && `: ${why}`}`, async () => {
            const given = typeof parameters === 'function' ? await parameters() : parameters;
            await assertRefused(api()[operation](given), code, status);
        });
}

/** A dry run that passes is told by an error, and changes nothing. */
export const assertDryRun = (call, code = 'DryRunOperation') => assertRefused(call, code, 400);
