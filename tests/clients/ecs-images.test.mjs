// Custom images: made from instances, snapshots and mappings; found, changed, deprecated and deleted.
import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import {
    assertDryRun, assertRefused, availableImage, bake, disksOf, imageOf, instanceOf, instanceThatIs, launch, openAccount, publicImage, region,
    snapshotThatIs, testRefusals, until,
} from './support/ecs.mjs';
import { genericClient } from './support/openapi.mjs';

let me, instanceId, imageId, systemSnapshot, dataSnapshot;

before(async () => {
    me = await openAccount('images');
    [instanceId] = await launch(me, { dataDisk: [{ size: 20, category: 'cloud_essd', device: '/dev/xvdb' }] });
    ({ imageId } = await me.createImage({
        instanceId,
        imageName: 'golden',
        description: 'The first one',
        imageFamily: 'gold',
        tag: [{ key: 'stage', value: 'test' }, { key: 'owner', value: '张三' }],
    }));
    await availableImage(me, imageId);
    for (const disk of await disksOf(me, instanceId)) {
        const { snapshotId } = await me.createSnapshot({ diskId: disk.diskId });
        await snapshotThatIs(me, 'accomplished', snapshotId);
        if (disk.type === 'system') systemSnapshot = snapshotId;
        else dataSnapshot = snapshotId;
    }
});

describe('CreateImage', () => {
    test('takes all disks of an instance, and what was said of it', async () => {
        const image = await imageOf(me, imageId);
        assert.match(imageId, /^m-[0-9a-z]{16,20}$/);
        assert.equal(image.imageName, 'golden');
        assert.equal(image.description, 'The first one');
        assert.equal(image.imageFamily, 'gold');
        assert.equal(image.imageOwnerAlias, 'self');
        assert.equal(String(image.imageOwnerId), me.accountId);
        assert.equal(image.OSType, 'linux');
        assert.equal(image.architecture, 'x86_64');
        assert.equal(image.progress, '100%');
        assert.equal(image.isSelfShared, 'false');
        assert.deepEqual(image.tags.tag.map(t => [t.tagKey, t.tagValue]).sort(), [['owner', '张三'], ['stage', 'test']]);
        assert.deepEqual(image.diskDeviceMappings.diskDeviceMapping.map(d => [d.type, d.device, d.size]), [['system', '/dev/xvda', '40'], ['data', '/dev/xvdb', '20']]);
        assert.ok(image.diskDeviceMappings.diskDeviceMapping.every(d => d.snapshotId.startsWith('s-')));
        assert.equal(image.size, 40);
    });

    test('makes one of the snapshot of a system disk', async () => {
        const made = await me.createImage({ snapshotId: systemSnapshot, imageName: 'from-snapshot', platform: 'CentOS', architecture: 'x86_64', bootMode: 'BIOS' });
        const image = await availableImage(me, made.imageId);
        assert.equal(image.platform, 'CentOS');
        assert.equal(image.bootMode, 'BIOS');
        const found = await me.describeImages({ snapshotId: systemSnapshot });
        assert.deepEqual(found.images.image.map(i => i.imageId), [made.imageId]);
    });

    test('makes one of a disk mapping, of which data disks may be larger or empty', async () => {
        const made = await me.createImage({
            imageName: 'from-mapping',
            diskDeviceMapping: [
                { diskType: 'system', snapshotId: systemSnapshot, size: 60 },
                { diskType: 'data', snapshotId: dataSnapshot, size: 30, device: '/dev/xvdc' },
                { diskType: 'data', size: 10 },
            ],
            features: { imdsSupport: 'v2' },
        });
        const image = await availableImage(me, made.imageId);
        assert.equal(image.size, 60);
        assert.deepEqual(image.diskDeviceMappings.diskDeviceMapping.map(d => `${d.type} ${d.device} ${d.size}`),
            ['system /dev/xvda 60', 'data /dev/xvdb 10', 'data /dev/xvdc 30']);
        assert.equal(image.features.imdsSupport, 'v2');
    });

    test('with the same token makes no second image', async () => {
        const request = { snapshotId: systemSnapshot, imageName: 'once', clientToken: 'images-once' };
        const first = await me.createImage(request);
        assert.equal((await me.createImage(request)).imageId, first.imageId);
        await assertRefused(me.createImage({ ...request, imageName: 'twice' }), 'IdempotenceParamNotMatch', 400);
    });

    test('does nothing in a dry run but check', async () => {
        await assertDryRun(me.createImage({ snapshotId: systemSnapshot, imageName: 'dry', dryRun: true }));
        await assertRefused(me.createImage({ snapshotId: systemSnapshot, imageName: 'golden', dryRun: true }), 'InvalidImageName.Duplicated', 400);
        assert.equal((await me.describeImages({ imageName: 'dry', status: 'ALL' })).totalCount, 0);
    });

    const from = more => () => ({ snapshotId: systemSnapshot, ...more });
    const mapping = (...disks) => () => ({ diskDeviceMapping: disks.map(d => d()) });
    const system = () => ({ diskType: 'system', snapshotId: systemSnapshot });
    testRefusals(() => me, [
        ['InvalidParameter.AllEmpty', 400, 'createImage', { imageName: 'nothing' }],
        ['MissingParameter', 400, 'createImage', () => ({ regionId: '', snapshotId: systemSnapshot }), 'no region'],
        ['InvalidRegionId.NotFound', 404, 'createImage', from({ regionId: 'cn-atlantis' })],
        ['InvalidInstanceId.NotFound', 404, 'createImage', { instanceId: 'i-nobody' }],
        ['InvalidSnapshotId.NotFound', 404, 'createImage', { snapshotId: 's-nobody' }],
        ['OperationDenied', 400, 'createImage', () => ({ snapshotId: dataSnapshot }), 'the snapshot of a data disk'],
        ['InvalidImageName.Duplicated', 400, 'createImage', from({ imageName: 'golden' })],
        ['InvalidImageName.Malformed', 400, 'createImage', from({ imageName: '9lives' })],
        ['InvalidImageName.Malformed', 400, 'createImage', from({ imageName: 'x' }), 'too short'],
        ['InvalidImageName.Malformed', 400, 'createImage', from({ imageName: 'a'.repeat(129) }), 'too long'],
        ['InvalidImageName.Malformed', 400, 'createImage', from({ imageName: 'acs:mine' })],
        ['InvalidDescription.Malformed', 400, 'createImage', from({ description: 'https://example.com' })],
        ['InvalidImageFamily.Malformed', 400, 'createImage', from({ imageFamily: 'aliyun-family' })],
        ['InvalidArchitecture.Malformed', 400, 'createImage', from({ architecture: 'sparc' })],
        ['InvalidPlatform.Malformed', 400, 'createImage', from({ platform: 'Plan 9' })],
        ['InvalidBootMode.NotSupport', 400, 'createImage', from({ bootMode: 'Punched cards' })],
        ['InvalidParameter.FeaturesImdsSupport', 400, 'createImage', from({ features: { imdsSupport: 'v3' } })],
        ['InvalidImageVersion.Malformed', 400, 'createImage', from({ imageVersion: '7'.repeat(41) })],
        ['InvalidResourceGroup.NotFound', 404, 'createImage', from({ resourceGroupId: 'nowhere' })],
        ['InvalidTagKey.Malformed', 400, 'createImage', from({ tag: [{ key: 'acs:mine', value: 'x' }] })],
        ['InvalidTagValue.Malformed', 400, 'createImage', from({ tag: [{ key: 'site', value: 'http://x' }] })],
        ['Duplicate.TagKey', 400, 'createImage', from({ tag: [{ key: 'a', value: '1' }, { key: 'a', value: '2' }] })],
        ['QuotaExceed.Tags', 403, 'createImage', from({ tag: Array.from({ length: 21 }, (_, i) => ({ key: `k${i}`, value: 'x' })) })],
        ['InvalidDevice.InUse', 400, 'createImage', mapping(system, () => ({ size: 20, device: '/dev/xvdb' }), () => ({ size: 20, device: '/dev/xvdb' }))],
        ['InvalidDevice.Malformed', 400, 'createImage', mapping(system, () => ({ size: 20, device: '/dev/null' }))],
        ['InvalidDiskType.ValueNotSupported', 400, 'createImage', mapping(() => ({ ...system(), diskType: 'floppy' }))],
        ['InvalidSize.ValueNotSupported', 400, 'createImage', mapping(() => ({ ...system(), size: 20 })), 'smaller than the snapshot'],
        ['OperationDenied', 400, 'createImage', mapping(() => ({ size: 20 })), 'no system disk'],
    ]);
});

describe('DescribeImages', () => {
    test('shows public and own images, a page at a time', async () => {
        const first = await me.describeImages({ pageSize: 3, pageNumber: 1 });
        assert.deepEqual([first.pageNumber, first.pageSize, first.regionId, first.images.image.length], [1, 3, region, 3]);
        const all = [];
        for (let pageNumber = 1; ; pageNumber++) {
            const page = await me.describeImages({ pageSize: 100, pageNumber });
            all.push(...page.images.image);
            assert.equal(page.totalCount, first.totalCount);
            if (page.images.image.length < 100) break;
        }
        assert.equal(all.length, first.totalCount);
        assert.equal(new Set(all.map(i => i.imageId)).size, all.length);
        assert.deepEqual([...new Set(all.map(i => i.imageOwnerAlias))].sort(), ['self', 'system']);
        assert.ok(all.filter(i => i.imageOwnerAlias === 'system').every(i => i.isPublic));
        const past = await me.describeImages({ pageSize: 100, pageNumber: 1000 });
        assert.deepEqual([past.totalCount, past.images.image], [first.totalCount, []]);
    });

    const own = parameters => me.describeImages({ imageOwnerAlias: 'self', pageSize: 100, ...parameters });
    const ids = async parameters => (await own(parameters)).images.image.map(i => i.imageId);

    test('finds by id, name, family, tag, owner and time', async () => {
        assert.deepEqual(await ids({ imageId }), [imageId]);
        assert.deepEqual(await ids({ imageName: 'golden' }), [imageId]);
        assert.deepEqual(await ids({ imageFamily: 'gold' }), [imageId]);
        assert.deepEqual(await ids({ tag: [{ key: 'stage', value: 'test' }, { key: 'owner' }] }), [imageId]);
        assert.deepEqual(await ids({ tag: [{ key: 'stage', value: 'production' }] }), []);
        assert.deepEqual(await ids({ OSType: 'windows' }), []);
        assert.deepEqual(await ids({ imageId: 'm-nobody' }), []);
        assert.ok((await ids({ filter: [{ key: 'CreationStartTime', value: '2020-01-01T00:00Z' }] })).includes(imageId));
        assert.deepEqual(await ids({ filter: [{ key: 'CreationEndTime', value: '2020-01-01T00:00Z' }] }), []);
        assert.ok((await ids({ filter: [{ key: 'NetworkType', value: 'vpc' }] })).includes(imageId));
    });

    test('finds public images by what they are', async () => {
        const arm = await me.describeImages({ imageOwnerAlias: 'system', architecture: 'arm64', pageSize: 100 });
        assert.ok(arm.totalCount > 0 && arm.images.image.every(i => i.architecture === 'arm64'));
        const windows = await me.describeImages({ imageOwnerAlias: 'system', OSType: 'windows', pageSize: 100 });
        assert.ok(windows.totalCount > 0 && windows.images.image.every(i => i.OSType === 'windows' && i.platform.startsWith('Windows')));
        const fit = await me.describeImages({ imageOwnerAlias: 'system', instanceType: 'ecs.g8y.large', pageSize: 100 });
        assert.ok(fit.totalCount > 0 && fit.images.image.every(i => i.architecture === 'arm64'));
        const cloudInit = await me.describeImages({ imageOwnerAlias: 'system', isSupportCloudinit: true, isSupportIoOptimized: true, actionType: 'CreateEcs', showExpired: false });
        assert.ok(cloudInit.images.image.every(i => i.isSupportCloudinit && i.isSupportIoOptimized));
    });

    test('lists those of the market when asked, each with its product', async () => {
        const market = await me.describeImages({ imageOwnerAlias: 'marketplace' });
        assert.ok(market.images.image.every(i => i.imageOwnerAlias === 'marketplace' && i.productCode.length > 0));
        assert.equal((await me.describeImages({ imageOwnerAlias: 'others' })).totalCount, 0);
    });

    test('tells which are used by instances', async () => {
        const made = await bake(me, { imageName: 'used' });
        assert.equal((await imageOf(me, made.imageId)).usage, 'none');
        const [instance] = await launch(me, { imageId: made.imageId });
        assert.deepEqual(await ids({ usage: 'instance' }), [made.imageId]);
        assert.ok(!(await ids({ usage: 'none' })).includes(made.imageId));
        await assertRefused(me.deleteImage({ imageId: made.imageId }), 'ImageUsingByInstance', 403);
        await assertRefused(me.modifyImageAttribute({ imageId: made.imageId, bootMode: 'BIOS' }), 'OperationDeined.ImageUsingByInstance', 403);
        await me.deleteImage({ imageId: made.imageId, force: true });
        assert.equal((await instanceOf(me, instance)).imageId, made.imageId);
        await me.deleteInstance({ instanceId: instance, force: true });
    });

    test('does nothing in a dry run but check', () => assertDryRun(me.describeImages({ dryRun: true })));

    testRefusals(() => me, [
        ['InvalidImageOwnerAlias.ValueNotSupported', 400, 'describeImages', { imageOwnerAlias: 'nobody' }],
        ['InvalidImageOwnerAlias.PublicImageUnsupported', 400, 'describeImages', { imageOwnerAlias: 'self', isPublic: true }],
        ['InvalidOperation.ImageOwnerIdUnsupported', 400, 'describeImages', { imageOwnerAlias: 'self', imageOwnerId: 1234567890123456 }],
        ['InvalidInstanceType.ValueNotSupported', 400, 'describeImages', { instanceType: 'ecs.abacus' }],
        ['InvalidArchitecture', 404, 'describeImages', { architecture: 'sparc' }],
        ['InvalidOSType', 404, 'describeImages', { OSType: 'beos' }],
        ['InvalidUsage', 404, 'describeImages', { usage: 'rarely' }],
        ['InvalidParamter', 400, 'describeImages', { status: 'Sleeping' }],
        ['InvalidParamter', 400, 'describeImages', { status: 'ALL,Available' }, 'ALL stands alone'],
        ['InvalidParamter', 400, 'describeImages', { actionType: 'Dance' }],
        ['InvalidFilterKey.NotFound', 404, 'describeImages', { filter: [{ key: 'Colour', value: 'red' }] }],
        ['InvalidFilterValue', 404, 'describeImages', { filter: [{ key: 'CreationStartTime', value: 'yesterday' }] }],
        ['InvalidFilterValue.NetworkType', 400, 'describeImages', { filter: [{ key: 'NetworkType', value: 'tin cans' }] }],
        ['InvalidTag.Mismatch', 400, 'describeImages', { tag: [{ value: 'only' }] }],
        ['InvalidTagCount', 400, 'describeImages', { tag: Array.from({ length: 21 }, (_, i) => ({ key: `k${i}` })) }],
        ['InvalidRegionId.NotFound', 404, 'describeImages', { regionId: 'cn-atlantis' }],
        ['MissingParameter', 400, 'describeImages', { regionId: '' }],
        ['InvalidParameter', 400, 'describeImages', { pageSize: 101 }],
    ]);
});

describe('ModifyImageAttribute', () => {
    let changed;
    before(async () => { ({ imageId: changed } = await me.createImage({ snapshotId: systemSnapshot, imageName: 'to-change' })); await availableImage(me, changed); });

    test('changes what is given, and nothing else', async () => {
        await me.modifyImageAttribute({ imageId: changed, description: 'now with words' });
        await me.modifyImageAttribute({ imageId: changed, imageName: 'renamed', imageFamily: 'kin', bootMode: 'UEFI', features: { nvmeSupport: 'unsupported', imdsSupport: 'v2' } });
        const image = await imageOf(me, changed);
        assert.deepEqual([image.imageName, image.description, image.imageFamily, image.bootMode, image.features.nvmeSupport, image.features.imdsSupport],
            ['renamed', 'now with words', 'kin', 'UEFI', 'unsupported', 'v2']);
    });

    test('deprecates, and takes it back', async () => {
        await me.modifyImageAttribute({ imageId: changed, status: 'Deprecated' });
        assert.equal((await imageOf(me, changed)).status, 'Deprecated');
        assert.equal((await me.describeImages({ imageId: changed })).totalCount, 0);
        assert.equal((await me.describeImages({ imageId: changed, status: 'Available,Deprecated' })).totalCount, 1);
        await assertRefused(me.modifyImageAttribute({ imageId: changed, status: 'Deprecated' }), 'ImageStatus.NotAvailable', 403);
        await me.modifyImageAttribute({ imageId: changed, status: 'Available' });
        await assertRefused(me.modifyImageAttribute({ imageId: changed, status: 'Available' }), 'ImageStatus.NotDeprecated', 403);
    });

    test('does nothing in a dry run but check', async () => {
        await assertDryRun(me.modifyImageAttribute({ imageId: changed, description: 'dry', dryRun: true }));
        assert.notEqual((await imageOf(me, changed)).description, 'dry');
    });

    const of = more => () => ({ imageId: changed, ...more });
    testRefusals(() => me, [
        ['InvalidImageId.NotFound', 404, 'modifyImageAttribute', { imageId: 'm-nobody', description: 'whose?' }],
        ['MissingParameter', 400, 'modifyImageAttribute', { description: 'of what?' }],
        ['InvalidImageName.Malformed', 400, 'modifyImageAttribute', of({ imageName: 'http://x' })],
        ['InvalidImageName.Duplicated', 400, 'modifyImageAttribute', of({ imageName: 'golden' })],
        ['InvalidDescription.Malformed', 400, 'modifyImageAttribute', of({ description: 'http://x' })],
        ['InvalidImageFamily.Malformed', 400, 'modifyImageAttribute', of({ imageFamily: 'acs:kin' })],
        ['InvalidBootMode.NotSupport', 400, 'modifyImageAttribute', of({ bootMode: 'Floppy' })],
        ['InvalidLicenseType.NotSupported', 400, 'modifyImageAttribute', of({ licenseType: 'Pirate' })],
        ['InvalidParameter.FeaturesImdsSupport', 400, 'modifyImageAttribute', of({ features: { imdsSupport: 'v9' } })],
        ['InvalidOperation.FeaturesImdsSupportNotMatch', 403, 'modifyImageAttribute', of({ features: { imdsSupport: 'v1' } })],
        ['InvalidRegionId.NotFound', 404, 'modifyImageAttribute', of({ regionId: 'cn-atlantis', description: 'lost' })],
        ['InvalidImageId.NotFound', 404, 'modifyImageAttribute', of({ regionId: 'cn-beijing', description: 'elsewhere' })],
    ]);
});

describe('DescribeImageFromFamily', () => {
    test('gives the newest that is available', async () => {
        const older = await me.createImage({ snapshotId: systemSnapshot, imageFamily: 'line' });
        await availableImage(me, older.imageId);
        const newer = await me.createImage({ snapshotId: systemSnapshot, imageFamily: 'line' });
        await availableImage(me, newer.imageId);
        const found = async () => (await me.describeImageFromFamily({ imageFamily: 'line' })).image?.imageId;
        await until(found, id => id === newer.imageId);
        await me.modifyImageAttribute({ imageId: newer.imageId, status: 'Deprecated' });
        assert.equal(await found(), older.imageId);
        const [instance] = await launch(me, { imageFamily: 'line' });
        assert.equal((await instanceOf(me, instance)).imageId, older.imageId);
        await me.deleteInstance({ instanceId: instance, force: true });
    });

    test('of an unknown family gives nothing', async () => {
        assert.equal((await me.describeImageFromFamily({ imageFamily: 'nobody' })).image?.imageId, undefined);
    });

    testRefusals(() => me, [
        ['InvalidRegionId.NotFound', 404, 'describeImageFromFamily', { regionId: 'cn-atlantis', imageFamily: 'line' }],
        ['MissingParameter', 400, 'describeImageFromFamily', {}],
    ]);
});

describe('DeleteImage', () => {
    test('makes it gone, and leaves its snapshots', async () => {
        const made = await bake(me, { imageName: 'short-lived' });
        const [disk] = (await imageOf(me, made.imageId)).diskDeviceMappings.diskDeviceMapping;
        await assertRefused(me.deleteSnapshot({ snapshotId: disk.snapshotId }), 'SnapshotCreatedImage', 403);
        await assertDryRun(me.deleteImage({ imageId: made.imageId, dryRun: true }));
        await me.deleteImage({ imageId: made.imageId });
        assert.equal(await imageOf(me, made.imageId), undefined);
        await assertRefused(me.deleteImage({ imageId: made.imageId }), 'InvalidImageId.NotFound', 404);
        await me.deleteSnapshot({ snapshotId: disk.snapshotId });
    });

    testRefusals(() => me, [
        ['InvalidImageId.NotFound', 404, 'deleteImage', { imageId: 'm-nobody' }],
        ['InvalidImageId.NotFound', 404, 'deleteImage', async () => ({ imageId: (await publicImage(me)).imageId }), 'a public image'],
        ['InvalidRegionId.NotFound', 404, 'deleteImage', { regionId: 'cn-atlantis', imageId: 'm-nobody' }],
        ['MissingParameter', 400, 'deleteImage', {}],
    ]);
});

describe('limits', () => {
    test('a family holds a hundred images, and a region a hundred families', async () => {
        const other = await openAccount('families');
        const granted = genericClient({ keyId: other.keyId, keySecret: other.keySecret, version: '2020-05-10' });
        await granted('CreateQuotaApplication', { body: { ProductCode: 'ecs', QuotaActionCode: 'q_user-image-count', DesireValue: 300, Reason: 'Families', AuditMode: 'Sync', Dimensions: [{ Key: 'regionId', Value: region }] } });
        const [source] = await launch(other);
        const [disk] = await disksOf(other, source);
        const { snapshotId } = await other.createSnapshot({ diskId: disk.diskId });
        await snapshotThatIs(other, 'accomplished', snapshotId);
        const ten = of => Promise.all(Array.from({ length: 10 }, (_, i) => other.createImage({ snapshotId, imageFamily: of(i) })));
        for (let i = 0; i < 100; i += 10) await ten(() => 'full');
        for (let i = 0; i < 90; i += 10) await ten(n => `kin-${i + n}`);
        const [{ imageId: spare }] = await Promise.all(Array.from({ length: 9 }, (_, i) => other.createImage({ snapshotId, imageFamily: `last-${i}` })));
        await assertRefused(other.createImage({ snapshotId, imageFamily: 'full' }), 'ImageQuotaExceed.ImageFamily', 400);
        await assertRefused(other.createImage({ snapshotId, imageFamily: 'one-more' }), 'ImageFamilyQuotaExceed', 400);
        await assertRefused(other.modifyImageAttribute({ imageId: spare, imageFamily: 'full' }), 'ImageQuotaFull.ImageFamily', 400);
        await assertRefused(other.modifyImageAttribute({ imageId: spare, imageFamily: 'one-more' }), 'ImageFamilyQuotaFull', 400);
    });

    test('a region holds a hundred images, until more is granted', async () => {
        const other = await openAccount('limits');
        const [source] = await launch(other);
        const [disk] = await disksOf(other, source);
        const { snapshotId } = await other.createSnapshot({ diskId: disk.diskId });
        await snapshotThatIs(other, 'accomplished', snapshotId);
        for (let i = 0; i < 100; i += 10)
            await Promise.all(Array.from({ length: 10 }, () => other.createImage({ snapshotId })));
        await assertRefused(other.createImage({ snapshotId }), 'QuotaExceed.Image', 403);
        const [, { imageId: any }] = (await other.describeImages({ imageOwnerAlias: 'self' })).images.image;
        await assertRefused(other.copyImage({ imageId: any, destinationRegionId: region, encrypted: true }), 'QuotaExceed.Image', 403);
        await instanceThatIs(other, 'Running', source);
        assert.equal((await other.describeImages({ imageOwnerAlias: 'self', status: 'ALL' })).totalCount, 100);
    });
});
