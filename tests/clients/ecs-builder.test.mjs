// Image Builder as its users drive it: components, executions through every state, and what each option leaves behind; on an emulator
// that is slow, and whose clock is moved on instead of waiting.
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import OSS from 'ali-oss';
import { assertRefused, ecsClient, imageOf, operations, publicImage, testRefusals } from './support/ecs.mjs';
import { control, startEmulator } from './support/emulator.mjs';
import { genericClient } from './support/openapi.mjs';
import { giveImportRole } from './support/roles.mjs';

const folder = mkdtempSync(join(tmpdir(), 'builder-clients-'));
const key = { keyId: 'LTAIbuilder', keySecret: 'secret-of-builder', name: 'builder' };
const friendKey = { keyId: 'LTAIfriendOfBuilder', keySecret: 'secret-of-friend', name: 'friend' };
const over = ['SUCCESS', 'PARTITION_SUCCESS', 'FAILED', 'TEST_FAILED', 'CANCELLED'];
let emulator, me, friend, baseImage;

const later = seconds => control(emulator.address, 'POST', 'clock', { advanceSeconds: seconds });
const pipeline = more => me.createImagePipeline({ baseImageType: 'IMAGE', baseImage, ...more });
const executionOf = async executionId => (await me.describeImagePipelineExecutions({ executionId })).imagePipelineExecution.imagePipelineExecutionSet[0];

async function begin(more) {
    const { imagePipelineId } = await pipeline(more);
    const { executionId } = await me.startImagePipelineExecution({ imagePipelineId });
    return { imagePipelineId, executionId };
}

/** Every state that it goes through, and how it ends; the clock moves in small steps. */
async function finish(executionId, step = 4) {
    const seen = [];
    for (let i = 0; i < 400; i++) {
        const execution = await executionOf(executionId);
        if (seen.at(-1) !== execution.status) seen.push(execution.status);
        if (over.includes(execution.status)) return { ...execution, seen };
        await later(step);
    }
    assert.fail(`Still ${seen.at(-1)}`);
}

/** What is there now of what an execution makes on its way. */
async function around() {
    const [instances, snapshots, vpcs, groups, images] = await Promise.all([
        me.describeInstances({}), me.describeSnapshots({}), me.describeVpcs({}), me.describeSecurityGroups({}), me.describeImages({ imageOwnerAlias: 'self', status: 'ALL', pageSize: 100 }),
    ]);
    return { instances: instances.totalCount, snapshots: snapshots.totalCount, vpcs: vpcs.totalCount, groups: groups.totalCount, images: images.totalCount };
}

/** An image that is there already. */
async function bakeSlowly(imageName) {
    const { instanceIdSets: { instanceIdSet: [instanceId] } } = await me.runInstances({ imageId: baseImage, instanceType: 'ecs.g7.large' });
    await later(30);
    const { imageId } = await me.createImage({ instanceId, imageName });
    await later(60);
    await me.deleteInstance({ instanceId, force: true });
    return { imageId };
}

async function start() {
    emulator = await startEmulator({ speed: 0.1, folder: join(folder, 'state'), keys: [key, friendKey].map(k => [k.keyId, k.keySecret, k.name]) });
    const open = async k => {
        const api = operations(ecsClient({ ...k, address: emulator.address }), k);
        const sts = await genericClient({ ...k, address: emulator.address, version: '2015-04-01' })('GetCallerIdentity', {});
        return operations(api.client, { ...k, accountId: sts.AccountId });
    };
    [me, friend] = [await open(key), await open(friendKey)];
}

before(async () => {
    await start();
    baseImage = (await publicImage(me)).imageId;
});
after(async () => {
    await emulator?.stop();
    rmSync(folder, { recursive: true });
});

describe('components', () => {
    const component = async more => (await me.createImageComponent({ content: 'RUN yum install -y nginx', ...more })).imageComponentId;
    const found = async filter => (await me.describeImageComponents(filter)).imageComponent.imageComponentSet;

    test('come back as they were written, with the next version under the same name', async () => {
        const first = await component({ name: 'nginx', description: 'Web server', systemType: 'Linux', componentType: 'Build', tag: [{ key: 'team', value: 'web' }] });
        const second = await component({ name: 'nginx' });
        assert.match(first, /^ic-/);
        const rows = await found({ name: 'nginx' });
        assert.deepEqual(rows.map(c => [c.imageComponentId, c.componentVersion]).sort((a, b) => a[1].localeCompare(b[1])), [[first, '1.0.0'], [second, '2.0.0']]);
        const row = rows.find(c => c.imageComponentId === first);
        assert.deepEqual([row.content, row.description, row.systemType, row.componentType, row.owner], ['RUN yum install -y nginx', 'Web server', 'Linux', 'Build', 'SELF']);
        assert.deepEqual(row.tags.tag.map(t => [t.tagKey, t.tagValue]), [['team', 'web']]);
        assert.deepEqual((await found({ name: 'nginx', componentVersion: '2.*.0' })).map(c => c.imageComponentId), [second]);
        assert.deepEqual((await found({ tag: [{ key: 'team', value: 'web' }] })).map(c => c.imageComponentId), [first]);
        assert.deepEqual(await found({ owner: 'ALIYUN' }), []);
    });

    test('in YAML are kept as they are, and tell their parameters', async () => {
        const content = 'Parameters:\n  Port:\n    Type: Number\n    DefaultValue: 80\nTasks:\n  - Name: say\n    Action: RunShellCommand\n    Properties:\n      commandContent: echo {{ Port }}\n';
        const [row] = await found({ imageComponentId: [await component({ name: 'in-yaml', content })] });
        assert.equal(row.content, content);
        assert.deepEqual(row.parameters.parameter.map(p => [p.name, p.type, p.defaultValue]), [['Port', 'Number', '80']]);
    });

    test('come a page at a time, and once for one token', async () => {
        for (let i = 0; i < 3; i++) await component({ name: `page-${i}`, tag: [{ key: 'page', value: 'yes' }] });
        const seen = [];
        for (let nextToken; ;) {
            const page = await me.describeImageComponents({ tag: [{ key: 'page', value: 'yes' }], maxResults: 2, nextToken });
            assert.equal(page.totalCount, 3);
            seen.push(...page.imageComponent.imageComponentSet.map(c => c.name));
            if (!(nextToken = page.nextToken)) break;
        }
        assert.deepEqual(seen.sort(), ['page-0', 'page-1', 'page-2']);
        assert.equal(await component({ name: 'once', clientToken: 'component-once' }), await component({ name: 'once', clientToken: 'component-once' }));
    });

    test('are deleted when no pipeline names them', async () => {
        const id = await component({ name: 'in-use' });
        const { imagePipelineId } = await pipeline({ buildContent: `COMPONENT ${id}` });
        await assertRefused(me.deleteImageComponent({ imageComponentId: id }), 'InvalidImageComponent.InUse', 403);
        await me.deleteImagePipeline({ imagePipelineId });
        await me.deleteImageComponent({ imageComponentId: id });
        await assertRefused(me.deleteImageComponent({ imageComponentId: id }), 'InvalidImageComponent.NotFound', 404);
    });

    testRefusals(() => me, [
        ['MissingParameter.Content', 400, 'createImageComponent', {}],
        ['InvalidContent.LengthExceeded', 400, 'createImageComponent', { content: 'RUN ' + 'x'.repeat(16 * 1024) }],
        ['InvalidImageTemplateCommandSize.ExceededMaxNumber', 400, 'createImageComponent', { content: 'RUN true\n'.repeat(128) }],
        ['InvalidImageTemplateCommand.NotSupported', 400, 'createImageComponent', { content: 'RUN true\nSHELL ["bash"]' }],
        ['NotSupportedCommand.FROM', 404, 'createImageComponent', { content: 'FROM IMAGE:m-x\nRUN true' }],
        ['InvalidCommand.Component', 400, 'createImageComponent', { content: 'COMPONENT ic-bp1234567890abcdefgh' }],
        ['NotEmptyCommandContent.RESTART', 400, 'createImageComponent', { content: 'RESTART now' }],
        ...['RUN', 'ENV', 'WORKDIR', 'COPY', 'USER', 'LABEL', 'CMD', 'ENTRYPOINT'].map(c => [`EmptyCommandContent.${c}`, 400, 'createImageComponent', { content: `RUN true\n${c}` }]),
        ['InvalidName.Malformed', 400, 'createImageComponent', { content: 'RUN true', name: 'http://x' }],
        ['InvalidDescription.Malformed', 400, 'createImageComponent', { content: 'RUN true', description: 'http://x' }],
        ['InvalidSystemType.NotSupportedValue', 400, 'createImageComponent', { content: 'RUN true', systemType: 'Plan9' }],
        ['InvalidComponentType.NotSupportedValue', 400, 'createImageComponent', { content: 'RUN true', componentType: 'Deploy' }],
        ['InvalidParameter.ComponentVersion', 400, 'createImageComponent', { content: 'RUN true', componentVersion: '1.0' }],
        ['InvalidComponentVersion.Exist', 403, 'createImageComponent', { content: 'RUN true', name: 'nginx', componentVersion: '1.0.0' }],
        ['InvalidImageComponentIdSize.ExceededMaxNumber', 400, 'describeImageComponents', { imageComponentId: Array.from({ length: 21 }, (_, i) => `ic-${i}`) }],
        ['InvalidParameter.Owner', 400, 'describeImageComponents', { owner: 'NOBODY' }],
        ['Invalid.NextToken', 403, 'describeImageComponents', { nextToken: 'made up' }],
    ]);
});

describe('an execution', () => {
    test('goes through its states to an image that is tested, in two regions, and shared', async () => {
        const { imageComponentId } = await me.createImageComponent({ name: 'web-server', content: 'RUN yum install -y nginx\nENV PORT 80' });
        const empty = await around();
        const { executionId, imagePipelineId } = await begin({
            name: 'golden', imageOptions: { imageName: 'golden', imageFamily: 'golden-web', description: 'Built every night', imageTags: [{ key: 'built', value: 'yes' }] },
            buildContent: `COMPONENT ${imageComponentId}\nRUN systemctl enable nginx`, testContent: 'RUN systemctl is-active nginx',
            repairMode: 'Standard', toRegionId: ['cn-hangzhou', 'cn-beijing'], addAccount: [friend.accountId], instanceType: 'ecs.g7.large', systemDiskSize: 60,
        });
        await assertRefused(me.startImagePipelineExecution({ imagePipelineId }), 'InvalidImagePipeline.HasRunningExecution', 403);
        await assertRefused(me.deleteImagePipeline({ imagePipelineId }), 'InvalidImagePipeline.HasRunningExecution', 403);
        const ended = await finish(executionId);
        assert.deepEqual(ended.seen, ['PREPARING', 'REPAIRING', 'BUILDING', 'TESTING', 'DISTRIBUTING', 'RELEASING', 'SUCCESS']);
        assert.match(ended.message, /Not executed inside i-\w+, which does not run/);
        const image = await imageOf(me, ended.imageId);
        assert.deepEqual([image.imageName, image.imageFamily, image.description, image.status, image.size], [`golden_${executionId}`, 'golden-web', 'Built every night', 'Available', 60]);
        assert.deepEqual(image.tags.tag.map(t => [t.tagKey, t.tagValue]), [['built', 'yes']]);
        for (const regionId of ['cn-hangzhou', 'cn-beijing']) {
            const seen = await friend.describeImages({ regionId, imageOwnerAlias: 'others' });
            assert.deepEqual(seen.images.image.map(i => i.imageName), [`golden_${executionId}`], regionId);
        }
        const left = await around();
        assert.deepEqual({ ...left, images: left.images - 1, snapshots: left.snapshots - 1 }, empty);
        // The image can be launched, and so can the next execution be started.
        await me.runInstances({ imageId: image.imageId, instanceType: 'ecs.g7.large' });
        const again = await me.startImagePipelineExecution({ imagePipelineId });
        assert.notEqual(again.executionId, executionId);
        await finish(again.executionId);
        assert.equal((await me.describeImageFromFamily({ imageFamily: 'golden-web' })).image.imageName, `golden_${again.executionId}`);
    });

    test('is started once for one token, and found by status, tag, pipeline and page', async () => {
        const { imagePipelineId } = await pipeline({ name: 'listed' });
        const request = { imagePipelineId, clientToken: 'execution-once', tag: [{ key: 'run', value: 'nightly' }] };
        const { executionId } = await me.startImagePipelineExecution(request);
        assert.equal((await me.startImagePipelineExecution(request)).executionId, executionId);
        const ids = async filter => (await me.describeImagePipelineExecutions(filter)).imagePipelineExecution.imagePipelineExecutionSet.map(e => e.executionId);
        assert.deepEqual(await ids({ imagePipelineId, status: 'PREPARING,BUILDING' }), [executionId]);
        assert.deepEqual(await ids({ imagePipelineId, status: 'SUCCESS' }), []);
        assert.deepEqual(await ids({ imagePipelineId, tag: [{ key: 'run', value: 'nightly' }] }), [executionId]);
        await assertRefused(me.describeImagePipelineExecutions({ imagePipelineId, status: 'DREAMING' }), 'InvalidParameter.Status', 400);
        await finish(executionId, 60);
        await finish((await me.startImagePipelineExecution({ imagePipelineId })).executionId, 60);
        const page = await me.describeImagePipelineExecutions({ imagePipelineId, maxResults: 1 });
        assert.deepEqual([page.totalCount, page.maxResults, page.imagePipelineExecution.imagePipelineExecutionSet.length], [2, 1, 1]);
        const next = await me.describeImagePipelineExecutions({ imagePipelineId, maxResults: 1, nextToken: page.nextToken });
        assert.notEqual(next.imagePipelineExecution.imagePipelineExecutionSet[0].executionId, page.imagePipelineExecution.imagePipelineExecutionSet[0].executionId);
    });

    test('is broken off while it prepares, repairs or builds, and leaves nothing', async () => {
        const empty = await around();
        for (const state of ['PREPARING', 'REPAIRING', 'BUILDING']) {
            const { executionId } = await begin({ repairMode: 'All' });
            while ((await executionOf(executionId)).status !== state) await later(2);
            await me.cancelImagePipelineExecution({ executionId });
            const ended = await finish(executionId);
            assert.deepEqual(ended.seen.filter(s => s !== 'CANCELLING'), ['CANCELLED'], state);
            await assertRefused(me.cancelImagePipelineExecution({ executionId }), 'InvalidStatus.CancelFailed', 400);
            assert.deepEqual(await around(), empty, state);
        }
        const { executionId } = await begin({ testContent: 'RUN true' });
        while ((await executionOf(executionId)).status !== 'TESTING') await later(2);
        await assertRefused(me.cancelImagePipelineExecution({ executionId }), 'InvalidStatus.ImagePipelineExecution', 403);
        assert.equal((await finish(executionId)).status, 'SUCCESS');
    });

    test('that fails says where and why, and keeps its instance only where that was asked for', async () => {
        const make = deleteInstanceOnFailure => pipeline({ imageName: 'taken', advancedOptions: { imageNameSuffix: 'disable' }, deleteInstanceOnFailure });
        const pipelines = new Map([[true, await make(true)], [false, await make(false)]]);
        const { imageId } = await bakeSlowly('taken');
        const empty = await around();
        for (const [deleteInstanceOnFailure, { imagePipelineId }] of pipelines) {
            const { executionId } = await me.startImagePipelineExecution({ imagePipelineId });
            const ended = await finish(executionId);
            assert.deepEqual([ended.status, ended.errorCode, ended.imageId || undefined], ['FAILED', 'InvalidImageName.Duplicated', undefined]);
            assert.match(ended.message, /BUILDING: .*InvalidImageName\.Duplicated/);
            const left = await around();
            assert.equal(left.instances, empty.instances + (deleteInstanceOnFailure ? 0 : 1));
            assert.equal(left.images, empty.images);
            if (!deleteInstanceOnFailure) assert.match(ended.message, /is kept/);
        }
        assert.ok(await imageOf(me, imageId));
    });

    test('that could not reach every target is PARTITION_SUCCESS, and the others have the image', async () => {
        const { executionId } = await begin({ imageName: 'partly', addAccount: [friend.accountId, '1999999999999999'] });
        const ended = await finish(executionId);
        assert.equal(ended.status, 'PARTITION_SUCCESS');
        assert.match(ended.message, /1999999999999999/);
        assert.equal((await friend.describeImages({ imageId: ended.imageId, imageOwnerAlias: 'others' })).totalCount, 1);
    });

    test('builds on a file in OSS, with the role by which the service reads buckets', async () => {
        const oss = new OSS({
            accessKeyId: key.keyId, accessKeySecret: key.keySecret, region: 'oss-cn-hangzhou', endpoint: emulator.address, bucket: 'disks-to-build-on', sldEnable: true, authorizationV4: true,
        });
        await oss.putBucket('disks-to-build-on');
        await oss.put('web.raw', randomBytes(1024 * 1024));
        const { imagePipelineId } = await me.createImagePipeline({
            baseImageType: 'OSS', imageName: 'from-file',
            importImageOptions: { OSType: 'linux', platform: 'Ubuntu', diskDeviceMappings: [{ OSSBucket: 'disks-to-build-on', OSSObject: 'web.raw', format: 'RAW', diskImageSize: 20 }] },
        });
        await assertRefused(me.startImagePipelineExecution({ imagePipelineId }), 'InvalidOperation.NoRightAccessOSS', 403);
        await giveImportRole(me, emulator.address);
        const before = await around();
        const { executionId } = await me.startImagePipelineExecution({ imagePipelineId });
        const ended = await finish(executionId);
        assert.equal(ended.status, 'SUCCESS', ended.message);
        assert.equal((await imageOf(me, ended.imageId)).platform, 'Ubuntu');
        // What was imported on the way is not kept.
        assert.equal((await around()).images, before.images + 1);
        await oss.delete('web.raw');
        await assertRefused(me.startImagePipelineExecution({ imagePipelineId }), 'InvalidImagePipeline.OSSObjectNotFound', 404);
    });

    test('goes on where it was when the emulator is killed in any of its states', async () => {
        const { executionId } = await begin({ imageName: 'survivor', repairMode: 'Standard', testContent: 'RUN true', toRegionId: ['cn-shanghai'], addAccount: [friend.accountId] });
        const killed = new Set();
        for (let status; !over.includes(status = (await executionOf(executionId)).status);) {
            if (!killed.has(status)) {
                killed.add(status);
                await emulator.stop('SIGKILL');
                await start();
            }
            await later(2);
        }
        assert.deepEqual([...killed], ['PREPARING', 'REPAIRING', 'BUILDING', 'TESTING', 'DISTRIBUTING', 'RELEASING']);
        assert.equal((await executionOf(executionId)).status, 'SUCCESS');
        for (const regionId of ['cn-hangzhou', 'cn-shanghai']) {
            assert.equal((await me.describeImages({ regionId, imageOwnerAlias: 'self', status: 'ALL', imageName: `survivor_${executionId}` })).totalCount, 1, regionId);
            assert.equal((await friend.describeImages({ regionId, imageOwnerAlias: 'others', imageName: `survivor_${executionId}` })).totalCount, 1, regionId);
        }
    });

    testRefusals(() => me, [
        ['InvalidImagePipeline.NotFound', 404, 'startImagePipelineExecution', { imagePipelineId: 'ip-nobody' }],
        ['InvalidImagePipelineExecution.NotFound', 404, 'cancelImagePipelineExecution', { executionId: 'exec-nobody' }],
        ['MissingParameter.ImagePipelineId', 400, 'describeImagePipelineExecutions', {}],
        ['ImageComponent.NotFound', 404, 'createImagePipeline', { baseImageType: 'IMAGE', baseImage: 'aliyun', buildContent: 'COMPONENT ic-bp1234567890abcdefgh' }],
    ].map(([code, status, operation, parameters]) => [code, status, operation, 'baseImage' in parameters ? () => ({ ...parameters, baseImage }) : parameters]));
});
