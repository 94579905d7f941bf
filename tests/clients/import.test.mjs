// A disk goes up with ali-oss, becomes an image with the ECS SDK and a file again, and both are followed and cancelled by their tasks: on an
// emulator that is slow, and whose clock is moved on instead of waiting.
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import OSS from 'ali-oss';
import { assertDryRun, assertRefused, ecsClient, imageOf, openAccount, operations, testRefusals, until } from './support/ecs.mjs';
import { control, startEmulator } from './support/emulator.mjs';
import { giveExportRole, giveImportRole } from './support/roles.mjs';

const folder = mkdtempSync(join(tmpdir(), 'import-clients-'));
const bucket = 'images-to-import';
const disk = randomBytes(3 * 1024 * 1024 + 512);
let emulator, me, oss;

const later = seconds => control(emulator.address, 'POST', 'clock', { advanceSeconds: seconds });
const map = (OSSObject, more) => ({ OSSBucket: bucket, OSSObject, format: 'RAW', ...more });
const importDisk = (OSSObject, more) => me.importImage({ diskDeviceMapping: [map(OSSObject)], ...more });
const taskOf = taskId => me.describeTaskAttribute({ taskId });
const key = { keyId: 'LTAIimports', keySecret: 'secret-of-imports' };

async function start() {
    emulator = await startEmulator({ speed: 0.1, folder: join(folder, 'state'), keys: [[key.keyId, key.keySecret, 'imports']] });
    me = operations(ecsClient({ ...key, address: emulator.address }), key);
    oss = new OSS({
        accessKeyId: key.keyId, accessKeySecret: key.keySecret, region: 'oss-cn-hangzhou', endpoint: emulator.address, bucket, sldEnable: true, authorizationV4: true,
    });
}

before(async () => {
    await start();
    await oss.putBucket(bucket);
    const file = join(folder, 'web.raw');
    writeFileSync(file, disk);
    await oss.multipartUpload('disks/web.raw', file, { partSize: 1024 * 1024 });
    await oss.put('data.raw', randomBytes(1000));
    await oss.put('empty.raw', Buffer.alloc(0));
    await oss.put('disk.qcow2', Buffer.concat([Buffer.from('514649fb00000003', 'hex'), Buffer.alloc(65536)]));
    await oss.put('disk.vhd', Buffer.concat([Buffer.alloc(1048576), Buffer.from('conectix'), Buffer.alloc(504)]));
});
after(async () => {
    await emulator?.stop();
    rmSync(folder, { recursive: true });
});

describe('without the role by which the service reads buckets', () => {
    test('nothing is imported', () => assertRefused(importDisk('disks/web.raw'), 'NoSetRoletoECSServiceAcount', 403));
    after(() => giveImportRole(me, emulator.address));
});

describe('a raw disk', () => {
    let imageId, taskId;

    test('is imported with what is said of it', async () => {
        const made = await me.importImage({
            imageName: 'web', description: 'Imported', OSType: 'linux', platform: 'Ubuntu', architecture: 'x86_64', bootMode: 'UEFI',
            features: { nvmeSupport: 'supported' }, tag: [{ key: 'from', value: 'file' }], clientToken: 'web-1',
            diskDeviceMapping: [map('disks/web.raw', { diskImageSize: 40 }), map('data.raw', { diskImSize: 20 })],
        });
        ({ imageId, taskId } = made);
        assert.equal(made.regionId, 'cn-hangzhou');
        assert.match(imageId, /^m-/);
        assert.match(taskId, /^t-/);
        const image = await imageOf(me, imageId);
        assert.deepEqual([image.imageName, image.description, image.OSType, image.platform, image.bootMode, image.size, image.features.nvmeSupport],
            ['web', 'Imported', 'linux', 'Ubuntu', 'UEFI', 40, 'supported']);
        assert.deepEqual(image.tags.tag.map(t => [t.tagKey, t.tagValue]), [['from', 'file']]);
        assert.deepEqual(image.diskDeviceMappings.diskDeviceMapping.map(d => [d.device, d.type, d.size, d.format, d.importOSSBucket, d.importOSSObject]), [
            ['/dev/xvda', 'system', '40', 'RAW', bucket, 'disks/web.raw'],
            ['/dev/xvdb', 'data', '20', 'RAW', bucket, 'data.raw'],
        ]);
    });

    test('is followed by its task while the image is Creating', async () => {
        await later(35);
        const [image, task] = [await imageOf(me, imageId), await taskOf(taskId)];
        assert.equal(image.status, 'Creating');
        assert.deepEqual([task.taskStatus, task.taskAction, task.supportCancel, task.totalCount, task.successCount, task.failedCount], ['Processing', 'ImportImage', 'true', 2, 0, 0]);
        assert.match(task.taskProcess, /^[56]\d%$/);
        assert.match(task.creationTime, /^\d{4}-\d\d-\d\dT\d\d:\d\dZ$/);
        await assertRefused(me.deleteImage({ imageId }), 'ImageIsImporting', 403);
        await assertRefused(importDisk('disks/web.raw', { imageName: 'web' }), 'ImageIsImporting', 403);
        await assertRefused(importDisk('data.raw', { imageName: 'web' }), 'InvalidImageName.Duplicated', 400);
    });

    test('goes on where it was when the emulator is killed', async () => {
        await emulator.stop('SIGKILL');
        await start();
        assert.equal((await taskOf(taskId)).taskStatus, 'Processing');
    });

    test('is an image when the task is Finished, and needs its objects no more', async () => {
        await later(100);
        const task = await taskOf(taskId);
        assert.deepEqual([task.taskStatus, task.taskProcess, task.successCount], ['Finished', '100%', 2]);
        assert.match(task.finishedTime, /^\d{4}-\d\d-\d\dT\d\d:\d\dZ$/);
        const [first] = task.operationProgressSet.operationProgress;
        assert.equal(first.operationStatus, 'Success');
        assert.deepEqual(Object.fromEntries(first.relatedItemSet.relatedItem.map(i => [i.name, i.value])), { OSSBucket: bucket, OSSObject: 'disks/web.raw' });
        assert.equal((await imageOf(me, imageId)).status, 'Available');
        await oss.deleteMulti(['disks/web.raw']);
        const { instanceIdSets: { instanceIdSet } } = await me.runInstances({ imageId, instanceType: 'ecs.g7.large' });
        assert.equal((await me.describeDisks({ instanceId: instanceIdSet[0] })).disks.disk.length, 2);
    });

    test('is imported once for one client token', async () => {
        const again = await me.importImage({
            imageName: 'web', description: 'Imported', OSType: 'linux', platform: 'Ubuntu', architecture: 'x86_64', bootMode: 'UEFI',
            features: { nvmeSupport: 'supported' }, tag: [{ key: 'from', value: 'file' }], clientToken: 'web-1',
            diskDeviceMapping: [map('disks/web.raw', { diskImageSize: 40 }), map('data.raw', { diskImSize: 20 })],
        });
        assert.equal(again.imageId, imageId);
        await assertRefused(importDisk('data.raw', { clientToken: 'web-1' }), 'IdempotentParameterMismatch', 400);
    });
});

describe('tasks', () => {
    test('are listed by id, resource, action, status, time and page', async () => {
        const { imageId, taskId } = await importDisk('data.raw');
        const all = await me.describeTasks({});
        assert.equal(all.totalCount, 2);
        assert.equal(all.regionId, 'cn-hangzhou');
        assert.deepEqual(all.taskSet.task.map(t => t.taskStatus), ['Processing', 'Finished']);
        assert.deepEqual(Object.values(all.taskSet.task[0]).filter(v => v === taskId || v === imageId).sort(), [imageId, taskId].sort());
        const ids = async filter => (await me.describeTasks(filter)).taskSet.task.map(t => t.taskId);
        const first = all.taskSet.task[1].taskId;
        assert.deepEqual(await ids({ taskIds: `${first},t-missing` }), [first]);
        assert.deepEqual(await ids({ resourceIds: [imageId] }), [taskId]);
        assert.deepEqual(await ids({ taskAction: 'ExportImage' }), []);
        assert.deepEqual(await ids({ taskStatus: 'Finished' }), [first]);
        assert.deepEqual(await ids({ pageSize: 1, pageNumber: 2 }), [first]);
        assert.deepEqual(await ids({ endTime: '2020-01-01T00:00:00Z' }), []);
        assert.equal((await ids({ startTime: '2020-01-01T00:00:00Z' })).length, 2);
        assert.deepEqual(await ids({ regionId: 'cn-beijing' }), []);
        await later(20);
    });

    test('are cancelled, and the image goes', async () => {
        const { imageId, taskId } = await importDisk('data.raw', { imageName: 'unwanted' });
        await me.cancelTask({ taskId });
        assert.equal((await taskOf(taskId)).taskStatus, 'Cancelled');
        assert.equal(await imageOf(me, imageId), undefined);
        await assertRefused(me.cancelTask({ taskId }), 'InvalidTaskId.IncorrectTaskStatus', 403);
        const again = await importDisk('data.raw', { imageName: 'unwanted' });
        await later(20);
        await assertRefused(me.cancelTask({ taskId: again.taskId }), 'InvalidTaskId.IncorrectTaskStatus', 403);
    });
});

describe('an export', () => {
    let imageId;
    const over = taskId => until(() => taskOf(taskId), t => t.taskStatus !== 'Processing');

    before(async () => {
        ({ imageId } = await importDisk('data.raw', { imageName: 'to-export' }));
        await later(20);
        await assertRefused(me.exportImage({ imageId, OSSBucket: bucket }), 'NoSetRoletoECSServiceAcount', 403);
        await giveExportRole(me, emulator.address);
    });

    test('is followed by its task, which names the file that it leaves', async () => {
        const { taskId } = await me.exportImage({ imageId, OSSBucket: bucket, OSSPrefix: 'out' });
        assert.match(taskId, /^tsk-/);
        const { taskSet: { task: [row] } } = await me.describeTasks({ taskIds: taskId });
        assert.deepEqual([row.taskAction, row.taskStatus, row.resourceId, row.supportCancel, row.finishedTime], ['ExportImage', 'Processing', imageId, 'true', '']);
        await assertRefused(me.exportImage({ imageId, OSSBucket: bucket }), 'ImageIsExporting', 403);
        await later(20);
        const task = await over(taskId);
        assert.deepEqual([task.taskStatus, task.taskProcess, task.totalCount, task.successCount], ['Finished', '100%', 1, 1]);
        const [part] = task.operationProgressSet.operationProgress;
        const about = Object.fromEntries(part.relatedItemSet.relatedItem.map(i => [i.name, i.value]));
        assert.deepEqual(about, { OSSBucket: bucket, OSSObject: `out_${imageId}_system.raw.tar.gz` });
        assert.equal((await oss.head(about.OSSObject)).status, 200);
    });

    test('is cancelled, and leaves nothing', async () => {
        const { taskId } = await me.exportImage({ imageId, OSSBucket: bucket, OSSPrefix: 'never' });
        await me.cancelTask({ taskId });
        assert.equal((await taskOf(taskId)).taskStatus, 'Cancelled');
        await assertRefused(me.cancelTask({ taskId }), 'InvalidTaskId.IncorrectTaskStatus', 403);
        assert.equal((await oss.listV2({ prefix: 'never' })).keyCount, 0);
        assert.equal((await imageOf(me, imageId)).status, 'Available');
    });

    test('of another region is not there', async () => {
        const { taskId } = await me.exportImage({ imageId, OSSBucket: bucket, OSSPrefix: 'again' });
        await assertRefused(me.describeTaskAttribute({ taskId, regionId: 'cn-beijing' }), 'InvalidTaskId.NotFound', 400);
        await assertRefused(me.cancelTask({ taskId, regionId: 'cn-beijing' }), 'InvalidTaskId.NotFound', 400);
        await me.cancelTask({ taskId });
    });
});

describe('an object that is not what it is said to be', () => {
    for (const [OSSObject, format] of [['disk.qcow2', 'RAW'], ['disk.vhd', 'RAW'], ['data.raw', 'QCOW2'], ['disk.qcow2', 'VHD'], ['disk.qcow2', 'QCOW2']])
        test(`fails when the service gets to it: ${OSSObject} as ${format}`, async () => {
            const { imageId, taskId } = await me.importImage({ diskDeviceMapping: [map(OSSObject, { format })] });
            assert.equal((await taskOf(taskId)).taskStatus, 'Processing');
            await later(20);
            const task = await taskOf(taskId);
            assert.deepEqual([task.taskStatus, task.failedCount], ['Failed', 1]);
            const [part] = task.operationProgressSet.operationProgress;
            assert.deepEqual([part.operationStatus, part.errorCode], ['Failed', 'InvalidImageFormat.Malformed']);
            assert.match(part.errorMsg, new RegExp(OSSObject));
            assert.equal((await imageOf(me, imageId)).status, 'CreateFailed');
            await me.deleteImage({ imageId });
        });
});

describe('ImportImage', () => {
    const refused = (code, status, wrong, why) => [code, status, 'importImage', () => ({ diskDeviceMapping: [map('data.raw')], ...wrong }), why];

    test('checks without doing in a dry run', async () => {
        const { totalCount } = await me.describeTasks({});
        await assertDryRun(importDisk('data.raw', { dryRun: true }), 'DRYRUN.SUCCESS');
        await assertRefused(importDisk('none.raw', { dryRun: true }), 'InvalidOSSObject.NotFound', 400);
        assert.equal((await me.describeTasks({})).totalCount, totalCount);
    });

    test('does not read what another account has', async () => {
        const other = await openAccount('others', emulator);
        await giveImportRole(other, emulator.address);
        await assertRefused(other.importImage({ diskDeviceMapping: [map('data.raw')] }), 'InvalidOSSBucket.NotMatched', 400);
        await assertRefused(other.describeTaskAttribute({ taskId: (await me.describeTasks({})).taskSet.task[0].taskId }), 'InvalidTaskId.NotFound', 400);
    });

    testRefusals(() => me, [
        refused('MissingParameter.DiskDeviceMapping', 403, { diskDeviceMapping: undefined }),
        refused('MissingParameter', 400, { diskDeviceMapping: [{ OSSBucket: bucket }] }),
        refused('InvalidOSSBucket.Malformed', 400, { diskDeviceMapping: [{ OSSBucket: 'No_Bucket', OSSObject: 'data.raw' }] }),
        refused('InvalidOSSBucket.NotFound', 400, { diskDeviceMapping: [{ OSSBucket: 'no-such-bucket', OSSObject: 'data.raw' }] }),
        refused('InvalidOSSBucket.NotMatched', 400, { regionId: 'cn-beijing' }, 'the bucket is in another region'),
        refused('InvalidOSSObject.NotFound', 400, { diskDeviceMapping: [map('none.raw')] }),
        refused('InvalidOSSObject.Malformed', 400, { diskDeviceMapping: [map('/data.raw')] }),
        refused('InvalidOSSObject.Size', 400, { diskDeviceMapping: [map('empty.raw')] }),
        refused('UnsupportedSuffix.OSSObject', 400, { diskDeviceMapping: [map('disk.iso')] }),
        refused('InvalidImageFormat.Malformed', 400, { diskDeviceMapping: [map('data.raw', { format: 'VHDX' })] }),
        refused('InvalidImageSize', 400, { diskDeviceMapping: [map('data.raw', { diskImageSize: 2049 })] }),
        refused('InvalidDataDiskSize', 400, { diskDeviceMapping: [map('data.raw'), map('data.raw', { diskImageSize: 2049 })] }),
        refused('InvalidImageName.Malformed', 400, { imageName: 'acs:web' }),
        refused('InvalidImageName.Duplicated', 400, { imageName: 'web' }),
        refused('InvalidDescription.Malformed', 400, { description: 'http://web' }),
        refused('InvalidArchitecture.Malformed', 400, { architecture: 'riscv64' }),
        refused('InvalidArchitecture.PlatformUnsupported', 403, { architecture: 'arm64', OSType: 'windows' }),
        refused('InvalidPlatform.Malformed', 400, { platform: 'Slackware' }),
        refused('InvalidOSType.Malformed', 400, { OSType: 'plan9' }),
        refused('InvalidBootMode.Malformed', 400, { bootMode: 'LILO' }),
        refused('InvalidBootMode.NotSupport', 400, { bootMode: 'BIOS', architecture: 'arm64' }),
        refused('InvalidLicenseType.NotSupported', 400, { licenseType: 'GPL' }),
        refused('InvalidParameter.DetectionStrategy', 400, { detectionStrategy: 'Deep' }),
        refused('ImageCheckUnsupported.WindowsImage', 403, { detectionStrategy: 'Standard', OSType: 'windows' }),
        refused('InvalidParameter.FeaturesImdsSupport', 400, { features: { imdsSupport: 'v3' } }),
        refused('InvalidStorageLocation.NotFound', 403, { storageLocationArn: 'arn:acs:cloudbox:cn-hangzhou:123456:cloudbox/cb-1' }),
        refused('InvalidResourceGroup.NotFound', 404, { resourceGroupId: 'none' }),
        refused('TagKey.Duplication', 403, { tag: [{ key: 'a' }, { key: 'A' }] }),
        refused('InvalidClientToken.Malformed', 400, { clientToken: 'é' }),
        refused('InvalidRegionId.NotFound', 400, { regionId: 'cn-atlantis' }),
        refused('NoSetRoletoECSServiceAcount', 403, { roleName: 'no-such-role' }),
        ['InvalidTaskId.NotFound', 400, 'cancelTask', { taskId: 't-missing' }],
        ['InvalidTaskId.NotFound', 400, 'describeTaskAttribute', { taskId: 't-missing' }],
        ['InvalidRegionId.NotFound', 400, 'describeTasks', { regionId: 'cn-atlantis' }],
    ]);
});
