// Snapshots and disks.
import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { assertDryRun, assertRefused, bake, disksOf, imageOf, launch, openAccount, region, snapshotThatIs, testRefusals } from './support/ecs.mjs';

let me, instanceId, system, data;

before(async () => {
    me = await openAccount('disks');
    [instanceId] = await launch(me, {
        zoneId: 'cn-hangzhou-h',
        systemDisk: { category: 'cloud_essd', size: '60', diskName: 'root', description: 'where it boots', performanceLevel: 'PL0' },
        dataDisk: [
            { size: 100, category: 'cloud_essd', diskName: 'kept', deleteWithInstance: false, encrypted: 'true' },
            { size: 20, category: 'cloud_efficiency' },
        ],
        tag: [{ key: 'of', value: 'disks' }],
    });
    const disks = await disksOf(me, instanceId);
    [system, data] = [disks.find(d => d.type === 'system'), disks.find(d => d.diskName === 'kept')];
});

const snapshotOf = async (diskId, more = {}) => {
    const { snapshotId } = await me.createSnapshot({ diskId, ...more });
    return snapshotThatIs(me, 'accomplished', snapshotId);
};

describe('DescribeDisks', () => {
    test('tells what a launch asked for', async () => {
        const disks = await disksOf(me, instanceId);
        assert.equal(disks.length, 3);
        assert.deepEqual([system.size, system.category, system.performanceLevel, system.diskName, system.description, system.device, system.status, system.zoneId, system.portable],
            [60, 'cloud_essd', 'PL0', 'root', 'where it boots', '/dev/xvda', 'In_use', 'cn-hangzhou-h', false]);
        assert.deepEqual([data.size, data.encrypted, data.deleteWithInstance, data.portable], [100, true, false, true]);
        assert.deepEqual(disks.map(d => d.device).sort(), ['/dev/xvda', '/dev/xvdb', '/dev/xvdc']);
        assert.deepEqual(system.attachments.attachment.map(a => a.instanceId), [instanceId]);
        assert.deepEqual(system.tags.tag.map(t => [t.tagKey, t.tagValue]), [['of', 'disks']]);
    });

    test('filters, and goes through pages by number and by token', async () => {
        const count = async more => (await me.describeDisks({ instanceId, ...more })).disks.disk.length;
        assert.equal(await count({ diskType: 'data' }), 2);
        assert.equal(await count({ diskType: 'all' }), 3);
        assert.equal(await count({ category: 'cloud_efficiency' }), 1);
        assert.equal(await count({ encrypted: true }), 1);
        assert.equal(await count({ diskName: 'kep*' }), 1);
        assert.equal(await count({ diskIds: JSON.stringify([system.diskId, data.diskId]) }), 2);
        assert.equal(await count({ status: 'Available' }), 0);
        assert.equal(await count({ status: 'All', zoneId: 'cn-hangzhou-h' }), 3);
        assert.equal(await count({ tag: [{ key: 'of', value: 'disks' }] }), 3);
        assert.equal(await count({ filter: [{ key: 'CreationStartTime', value: '2020-01-01T00:00Z' }] }), 3);
        const second = await me.describeDisks({ instanceId, pageSize: 2, pageNumber: 2 });
        assert.deepEqual([second.totalCount, second.pageNumber, second.pageSize, second.disks.disk.length], [3, 2, 2, 1]);
        const all = await me.describeDisks({ instanceId, maxResults: 500 });
        assert.deepEqual([all.disks.disk.length, all.nextToken ?? ''], [3, '']);
    });

    test('does nothing in a dry run but check', () => assertDryRun(me.describeDisks({ dryRun: true })));

    testRefusals(() => me, [
        ['InvalidDiskIds.Malformed', 403, 'describeDisks', { diskIds: 'd-1,d-2' }],
        ['InvalidStatus.ValueNotSupported', 400, 'describeDisks', { status: 'Spinning' }],
        ['InvalidDiskType.ValueNotSupported', 400, 'describeDisks', { diskType: 'floppy' }],
        ['InvalidLockReason.NotFound', 404, 'describeDisks', { lockReason: 'lost key' }],
        ['InvalidZoneId.NotFound', 400, 'describeDisks', { zoneId: 'cn-hangzhou-zz' }],
        ['InvalidDiskChargeType.NotFound', 404, 'describeDisks', { diskChargeType: 'Barter' }],
        ['InvalidFilterKey.NotFound', 404, 'describeDisks', { filter: [{ key: 'Colour', value: 'x' }] }],
        ['InvalidFilterValue', 404, 'describeDisks', { filter: [{ key: 'CreationStartTime', value: 'x' }] }],
        ['InvalidTag.Mismatch', 400, 'describeDisks', { tag: [{ value: 'x' }] }],
        ['InvalidTagCount', 400, 'describeDisks', { tag: Array.from({ length: 21 }, (_, i) => ({ key: `k${i}` })) }],
        ['InvalidRegion.NotFound', 400, 'describeDisks', { regionId: 'cn-atlantis' }],
    ]);

    test('refuses an unknown category', async () => {
        const error = await me.describeDisks({ category: 'punched_cards' }).catch(e => e);
        assert.equal(error.code, 'InvalidCategory.ValueNotSupported');
        assert.ok([400, 403].includes(error.statusCode), 'both statuses are documented');
    });
});

describe('CreateSnapshot', () => {
    test('keeps a disk, with what was said of it', async () => {
        const snapshot = await snapshotOf(data.diskId, { snapshotName: 'nightly', description: 'Kept a week', retentionDays: 7, tag: [{ key: 'night', value: '1' }], clientToken: 'disks-nightly' });
        assert.deepEqual([snapshot.snapshotName, snapshot.description, snapshot.retentionDays, snapshot.sourceDiskId, snapshot.sourceDiskType, snapshot.sourceDiskSize, snapshot.encrypted, snapshot.progress, snapshot.usage],
            ['nightly', 'Kept a week', 7, data.diskId, 'data', '100', true, '100%', 'none']);
        const again = await me.createSnapshot({ diskId: data.diskId, snapshotName: 'nightly', description: 'Kept a week', retentionDays: 7, tag: [{ key: 'night', value: '1' }], clientToken: 'disks-nightly' });
        assert.equal(again.snapshotId, snapshot.snapshotId);
        await assertRefused(me.createSnapshot({ diskId: data.diskId, clientToken: 'disks-nightly' }), 'IdempotentParameterMismatch', 403);
    });

    const of = more => () => ({ diskId: system.diskId, ...more });
    testRefusals(() => me, [
        ['InvalidDiskId.NotFound', 404, 'createSnapshot', { diskId: 'd-nobody' }],
        ['MissingParameter', 400, 'createSnapshot', {}],
        ['InvalidSnapshotName.Malformed', 400, 'createSnapshot', of({ snapshotName: 'auto-mine' })],
        ['InvalidSnapshotName.Malformed', 400, 'createSnapshot', of({ snapshotName: 'http://x' })],
        ['InvalidDescription.Malformed', 404, 'createSnapshot', of({ description: 'http://x' })],
        ['InvalidSnapshotCategory.Malformed', 403, 'createSnapshot', of({ category: 'luxury' })],
        ['InvalidResourceGroup.NotFound', 404, 'createSnapshot', of({ resourceGroupId: 'nowhere' })],
        ['InvalidRetentionDays.Malformed', 400, 'createSnapshot', of({ retentionDays: 0 })],
        ['InvalidRetentionDays.Malformed', 400, 'createSnapshot', of({ retentionDays: 65537 })],
        ['InvalidTagKey.Malformed', 400, 'createSnapshot', of({ tag: [{ key: 'acs:x', value: '' }] })],
        ['InvalidTagValue.Malformed', 400, 'createSnapshot', of({ tag: [{ key: 'x', value: 'acs:x' }] })],
        ['Duplicate.TagKey', 400, 'createSnapshot', of({ tag: [{ key: 'x' }, { key: 'x' }] })],
        ['QuotaExceed.Tags', 403, 'createSnapshot', of({ tag: Array.from({ length: 21 }, (_, i) => ({ key: `k${i}` })) })],
    ]);

    test('a disk has sixty-four snapshots at the most', async () => {
        const [other] = await launch(me);
        const [disk] = await disksOf(me, other);
        for (let i = 0; i < 64; i++) await snapshotOf(disk.diskId);
        await assertRefused(me.createSnapshot({ diskId: disk.diskId }), 'QuotaExceed.Snapshot', 403);
        await assertRefused(me.createImage({ instanceId: other }), 'QuotaExceed.Snapshot', 403);
    });
});

describe('DescribeSnapshots', () => {
    test('filters, and goes through pages by number and by token', async () => {
        const account = await openAccount('snapshots');
        const [id] = await launch(account, { dataDisk: [{ size: 20 }] });
        const made = [];
        for (const disk of (await disksOf(account, id)).sort((a, b) => b.type.localeCompare(a.type))) {
            const { snapshotId } = await account.createSnapshot({ diskId: disk.diskId, snapshotName: `of-${disk.type}`, tag: [{ key: 'type', value: disk.type }] });
            made.push((await snapshotThatIs(account, 'accomplished', snapshotId)).snapshotId);
        }
        const [ofSystem, ofData] = made;
        const ids = async more => (await account.describeSnapshots(more)).snapshots.snapshot.map(s => s.snapshotId).sort();
        assert.deepEqual(await ids({}), [...made].sort());
        assert.deepEqual(await ids({ instanceId: id }), [...made].sort());
        assert.deepEqual(await ids({ sourceDiskType: 'data' }), [ofData]);
        assert.deepEqual(await ids({ snapshotName: 'of-system' }), [ofSystem]);
        assert.deepEqual(await ids({ tag: [{ key: 'type', value: 'system' }] }), [ofSystem]);
        assert.deepEqual(await ids({ status: 'progressing' }), []);
        assert.deepEqual(await ids({ status: 'all', snapshotType: 'user', usage: 'none' }), [...made].sort());
        assert.deepEqual(await ids({ snapshotType: 'auto' }), []);
        const pages = [];
        for (let nextToken; ;) {
            const page = await account.describeSnapshots({ maxResults: 1, nextToken });
            pages.push(page.snapshots.snapshot.map(s => s.snapshotId));
            nextToken = page.nextToken;
            if (!nextToken) break;
        }
        assert.deepEqual(pages.flat().sort(), [...made].sort());
        assert.equal(pages.length, 2);
        const second = await account.describeSnapshots({ pageSize: 1, pageNumber: 2 });
        assert.deepEqual([second.totalCount, second.snapshots.snapshot.length], [2, 1]);
    });

    test('does nothing in a dry run but check', () => assertDryRun(me.describeSnapshots({ dryRun: true })));

    testRefusals(() => me, [
        ['InvalidSnapshotIds.Malformed', 403, 'describeSnapshots', { snapshotIds: 's-1' }],
        ['InvalidStatus.NotFound', 404, 'describeSnapshots', { status: 'Asleep' }],
        ['InvalidSnapshotType.NotFound', 404, 'describeSnapshots', { snapshotType: 'polaroid' }],
        ['InvalidSourceDiskType', 404, 'describeSnapshots', { sourceDiskType: 'floppy' }],
        ['InvalidUsage', 404, 'describeSnapshots', { usage: 'rarely' }],
        ['InvalidSnapshotCategory.Malformed', 403, 'describeSnapshots', { category: 'luxury' }],
        ['InvalidSnapshotLinkId.NotFound', 404, 'describeSnapshots', { snapshotLinkId: 'sl-nobody' }],
        ['InvalidFilterKey.NotFound', 404, 'describeSnapshots', { filter: [{ key: 'Colour', value: 'x' }] }],
        ['InvalidFilterValue', 404, 'describeSnapshots', { filter: [{ key: 'CreationStartTime', value: 'x' }] }],
        ['InvalidTag.Mismatch', 400, 'describeSnapshots', { tag: [{ value: 'x' }] }],
        ['InvalidTagCount', 400, 'describeSnapshots', { tag: Array.from({ length: 21 }, (_, i) => ({ key: `k${i}` })) }],
    ]);
});

describe('DeleteSnapshot', () => {
    test('makes it gone, by force also below a disk', async () => {
        const snapshot = await snapshotOf(data.diskId);
        const [other] = await launch(me, { dataDisk: [{ snapshotId: snapshot.snapshotId }] });
        const disk = (await disksOf(me, other)).find(d => d.type === 'data');
        assert.deepEqual([disk.sourceSnapshotId, disk.size], [snapshot.snapshotId, 100]);
        await assertRefused(me.deleteSnapshot({ snapshotId: snapshot.snapshotId }), 'SnapshotCreatedDisk', 403);
        await me.deleteSnapshot({ snapshotId: snapshot.snapshotId, force: true });
        await assertRefused(me.deleteSnapshot({ snapshotId: snapshot.snapshotId }), 'InvalidSnapshotId.NotFound', 404);
    });

    test('refuses what an image is made of', async () => {
        const { imageId } = await bake(me);
        const [mapping] = (await imageOf(me, imageId)).diskDeviceMappings.diskDeviceMapping;
        await assertRefused(me.deleteSnapshot({ snapshotId: mapping.snapshotId, force: true }), 'SnapshotCreatedImage', 403);
    });

    testRefusals(() => me, [
        ['InvalidSnapshotId.NotFound', 404, 'deleteSnapshot', { snapshotId: 's-nobody' }],
        ['MissingParameter', 400, 'deleteSnapshot', {}],
    ]);
});

describe('a disk that is not released with its instance', () => {
    test('stays, and is free', async () => {
        await me.deleteInstance({ instanceId, force: true });
        const left = (await me.describeDisks({ diskIds: JSON.stringify([system.diskId, data.diskId]) })).disks.disk;
        assert.deepEqual(left.map(d => [d.diskId, d.status, d.instanceId, d.regionId]), [[data.diskId, 'Available', '', region]]);
        assert.deepEqual(left[0].attachments.attachment, []);
    });
});
