// What goes on for a while: on an emulator of its own that is slow, and whose clock is moved on instead of waiting.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { assertRefused, disksOf, imageOf, instanceOf, openAccount, publicImage } from './support/ecs.mjs';
import { control, startEmulator } from './support/emulator.mjs';
import { genericClient } from './support/openapi.mjs';

const there = 'cn-beijing';
let emulator, me, other, publicId;

before(async () => {
    emulator = await startEmulator({ speed: 0.02 });
    me = await openAccount('states', emulator);
    other = await openAccount('friend', emulator);
    publicId = (await publicImage(me)).imageId;
});
after(() => emulator?.stop());

const later = seconds => control(emulator.address, 'POST', 'clock', { advanceSeconds: seconds });

async function launched() {
    const { instanceIdSets: { instanceIdSet: [id] } } = await me.runInstances({ imageId: publicId, instanceType: 'ecs.g7.large' });
    return id;
}

let instanceId, imageId;

describe('an instance', () => {
    test('is Pending, Starting and Running, and not yet to be released or made an image of', async () => {
        instanceId = await launched();
        assert.equal((await instanceOf(me, instanceId)).status, 'Pending');
        await assertRefused(me.deleteInstance({ instanceId, force: true }), 'IncorrectInstanceStatus.Initializing', 403);
        await assertRefused(me.createImage({ instanceId }), 'IncorrectInstanceStatus', 400);
        await assertRefused(me.stopInstance({ instanceId }), 'IncorrectInstanceStatus', 403);
        await later(60);
        assert.equal((await instanceOf(me, instanceId)).status, 'Running');
    });

    test('is Stopping before it is Stopped', async () => {
        await me.stopInstance({ instanceId });
        assert.equal((await instanceOf(me, instanceId)).status, 'Stopping');
        await assertRefused(me.startInstance({ instanceId }), 'IncorrectInstanceStatus', 403);
        await later(60);
        assert.equal((await instanceOf(me, instanceId)).status, 'Stopped');
    });
});

describe('an image', () => {
    test('is Creating, hidden and unusable, until it is Available', async () => {
        ({ imageId } = await me.createImage({ instanceId, imageName: 'slow', imageFamily: 'slow' }));
        const image = await imageOf(me, imageId);
        assert.equal(image.status, 'Creating');
        assert.match(image.progress, /^\d{1,2}%$/);
        assert.equal((await me.describeImages({ imageId })).totalCount, 0);
        assert.equal((await me.describeImages({ imageId, status: 'Creating,Available' })).totalCount, 1);
        assert.equal((await me.describeImageFromFamily({ imageFamily: 'slow' })).image?.imageId, undefined);
        await assertRefused(me.modifyImageAttribute({ imageId, status: 'Deprecated' }), 'InvalidStatus.ImageIsCreating', 403);
        await assertRefused(me.runInstances({ imageId, instanceType: 'ecs.g7.large' }), 'IncorrectImageStatus', 400);
        await assertRefused(me.copyImage({ imageId, destinationRegionId: there }), 'IncorrectImageStatus', 400);
        await assertRefused(me.modifyImageSharePermission({ imageId, addAccount: [other.accountId] }), 'IncorrectImageStatus', 400);
        await later(10);
        const progress = Number.parseInt((await imageOf(me, imageId)).progress, 10);
        assert.ok(progress > 0 && progress < 100, `${progress}%`);
        await later(60);
        assert.deepEqual([(await imageOf(me, imageId)).status, (await imageOf(me, imageId)).progress], ['Available', '100%']);
    });
});

describe('a snapshot', () => {
    test('is progressing, one a disk at a time, and nothing is made of it yet', async () => {
        const [{ diskId }] = await disksOf(me, instanceId);
        const { snapshotId } = await me.createSnapshot({ diskId });
        const state = async () => (await me.describeSnapshots({ snapshotIds: JSON.stringify([snapshotId]) })).snapshots.snapshot[0].status;
        assert.equal(await state(), 'progressing');
        assert.equal((await me.describeSnapshots({ status: 'progressing' })).totalCount, 1);
        await assertRefused(me.createSnapshot({ diskId }), 'IncorrectDiskStatus.CreatingSnapshot', 403);
        await assertRefused(me.createImage({ instanceId }), 'IncorrectDiskStatus.CreatingSnapshot', 403);
        await assertRefused(me.createImage({ snapshotId }), 'InvalidSnapshotId.NotReady', 403);
        await later(60);
        assert.equal(await state(), 'accomplished');
    });
});

describe('an application for more of a quota', () => {
    test('is looked at one at a time, and agreed after a while', async () => {
        const call = genericClient({ keyId: me.keyId, keySecret: me.keySecret, address: emulator.address, version: '2020-05-10' });
        const about = { ProductCode: 'ecs', QuotaActionCode: 'q_user-image-count', Dimensions: [{ Key: 'regionId', Value: 'cn-hangzhou' }] };
        const total = async () => (await call('GetProductQuota', { body: about })).Quota.TotalQuota;
        const ask = () => call('CreateQuotaApplication', { body: { ...about, DesireValue: 200, Reason: 'More' } });
        assert.equal((await ask()).Status, 'Process');
        await assertRefused(ask(), 'QUOTA.APPLICATION.PROCESS', 400);
        assert.equal(await total(), 100);
        await later(60);
        assert.equal(await total(), 200);
    });
});

describe('a copy', () => {
    test('holds on to its source, once for a region, and is cancelled there', async () => {
        const copy = await me.copyImage({ imageId, destinationRegionId: there });
        const row = await imageOf(me, copy.imageId, there);
        assert.equal(row.status, 'Creating');
        assert.ok(row.diskDeviceMappings.diskDeviceMapping.every(d => d.remainTime > 0), JSON.stringify(row.diskDeviceMappings));
        await assertRefused(me.copyImage({ imageId, destinationRegionId: there }), 'OperationDenied.ImageCopyConflict', 400);
        await assertRefused(me.deleteImage({ imageId }), 'OperationDenied.ImageCopying', 403);
        await assertRefused(me.deleteImage({ regionId: there, imageId: copy.imageId }), 'OperationDenied.ImageCopying', 403);
        await me.cancelCopyImage({ regionId: there, imageId: copy.imageId });
        assert.equal(await imageOf(me, copy.imageId, there), undefined);
        await assertRefused(me.cancelCopyImage({ regionId: there, imageId: copy.imageId }), 'InvalidImageId.NotFound', 404);
    });

    test('waits where five are under way in its region', async () => {
        const sources = [];
        const { snapshots: { snapshot } } = await me.describeSnapshots({ status: 'accomplished', sourceDiskType: 'system' });
        for (let i = 0; i < 6; i++) sources.push((await me.createImage({ snapshotId: snapshot[0].snapshotId })).imageId);
        await later(60);
        const copies = [];
        for (const source of sources) copies.push((await me.copyImage({ imageId: source, destinationRegionId: 'cn-shanghai' })).imageId);
        const states = async () => (await me.describeImages({ regionId: 'cn-shanghai', imageOwnerAlias: 'self', status: 'ALL', pageSize: 100 })).images.image.map(i => i.status).sort();
        assert.deepEqual(await states(), ['Creating', 'Creating', 'Creating', 'Creating', 'Creating', 'Waiting']);
        await me.cancelCopyImage({ regionId: 'cn-shanghai', imageId: copies[0] });
        assert.deepEqual(await states(), ['Creating', 'Creating', 'Creating', 'Creating', 'Creating']);
        await later(130);
        assert.deepEqual(await states(), Array.from({ length: 5 }, () => 'Available'));
    });
});
