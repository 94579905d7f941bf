// Copies: to another region, encrypted within one; followed, cancelled, refused.
import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { assertDryRun, assertRefused, availableImage, bake, disksOf, imageOf, launch, openAccount, publicImage, snapshotThatIs, testRefusals } from './support/ecs.mjs';

const there = 'cn-beijing';
let me, imageId, encrypted;

before(async () => {
    me = await openAccount('copies');
    ({ imageId } = await bake(me, { imageName: 'original', description: 'To be copied', imageFamily: 'origin', tag: [{ key: 'kept', value: 'no' }] }));
});

describe('CopyImage', () => {
    test('makes an image of its own in another region', async () => {
        const made = await me.copyImage({
            imageId,
            destinationRegionId: there,
            destinationImageName: 'copy',
            destinationDescription: 'Copied',
            tag: [{ key: 'from', value: 'cn-hangzhou' }],
        });
        const copy = await availableImage(me, made.imageId, there);
        assert.equal(copy.imageName, 'copy');
        assert.equal(copy.description, 'Copied');
        assert.equal(copy.isCopied, true);
        assert.equal(copy.imageOwnerAlias, 'self');
        assert.deepEqual(copy.tags.tag.map(t => [t.tagKey, t.tagValue]), [['from', 'cn-hangzhou']]);
        const source = await imageOf(me, imageId);
        assert.equal(source.isCopied, false);
        assert.deepEqual(copy.diskDeviceMappings.diskDeviceMapping.map(d => d.size), source.diskDeviceMappings.diskDeviceMapping.map(d => d.size));
        assert.notEqual(copy.diskDeviceMappings.diskDeviceMapping[0].snapshotId, source.diskDeviceMappings.diskDeviceMapping[0].snapshotId);
        assert.equal(await imageOf(me, made.imageId), undefined, 'it is not in the source region');
        const snapshots = await me.describeSnapshots({ regionId: there });
        assert.deepEqual(snapshots.snapshots.snapshot.map(s => s.snapshotId), [copy.diskDeviceMappings.diskDeviceMapping[0].snapshotId]);
    });

    test('encrypts within a region', async () => {
        const made = await me.copyImage({ imageId, destinationRegionId: 'cn-hangzhou', destinationImageName: 'encrypted', encrypted: true, KMSKeyId: 'e522b26d-abf6-4e0d-b5da-04b7******3c' });
        const copy = await availableImage(me, made.imageId);
        assert.ok(copy.diskDeviceMappings.diskDeviceMapping.every(d => d.encrypted === true));
        encrypted = made.imageId;
        await assertRefused(me.copyImage({ imageId: encrypted, destinationRegionId: there, encrypted: false }), 'OperationDeined.EncryptedSnapshot', 403);
    });

    test('with the same token makes no second copy', async () => {
        const request = { imageId, destinationRegionId: 'cn-shanghai', destinationImageName: 'once', clientToken: 'copies-once' };
        const first = await me.copyImage(request);
        await availableImage(me, first.imageId, 'cn-shanghai');
        assert.equal((await me.copyImage(request)).imageId, first.imageId);
    });

    test('does nothing in a dry run but check', async () => {
        await assertDryRun(me.copyImage({ imageId, destinationRegionId: 'cn-shenzhen', destinationImageName: 'dry', dryRun: true }));
        assert.equal((await me.describeImages({ regionId: 'cn-shenzhen', imageOwnerAlias: 'self', status: 'ALL' })).totalCount, 0);
    });

    test('of disks larger than 2 TiB is refused', async () => {
        const [id] = await launch(me);
        const [disk] = await disksOf(me, id);
        const { snapshotId } = await me.createSnapshot({ diskId: disk.diskId });
        await snapshotThatIs(me, 'accomplished', snapshotId);
        const large = await me.createImage({ diskDeviceMapping: [{ diskType: 'system', snapshotId }, { size: 3000 }] });
        await availableImage(me, large.imageId);
        await assertRefused(me.copyImage({ imageId: large.imageId, destinationRegionId: there }), 'SizeExceed.Image', 403);
    });

    test('of a deprecated image is refused', async () => {
        const made = await bake(me);
        await me.modifyImageAttribute({ imageId: made.imageId, status: 'Deprecated' });
        await assertRefused(me.copyImage({ imageId: made.imageId, destinationRegionId: there }), 'IncorrectImageStatus', 400);
    });

    const of = more => () => ({ imageId, destinationRegionId: there, ...more });
    testRefusals(() => me, [
        ['InvalidImageId.NotFound', 404, 'copyImage', { imageId: 'm-nobody', destinationRegionId: there }],
        ['MissingParameter', 400, 'copyImage', { destinationRegionId: there }],
        ['DestinationRegion.NotFound', 400, 'copyImage', of({ destinationRegionId: 'cn-atlantis' })],
        ['SourceRegion.NotFound', 400, 'copyImage', of({ regionId: 'cn-atlantis' })],
        ['IncorrectDestinationRegion', 403, 'copyImage', of({ destinationRegionId: 'cn-hangzhou' })],
        ['InvalidImageName.Malformed', 400, 'copyImage', of({ destinationImageName: 'aliyun copy' })],
        ['InvalidImageName.Duplicated', 400, 'copyImage', of({ destinationImageName: 'copy' })],
        ['InvalidDescription.Malformed', 400, 'copyImage', of({ destinationDescription: 'http://x' })],
        ['InvalidEncryptAlgorithm', 400, 'copyImage', of({ encrypted: true, encryptAlgorithm: 'rot13' })],
        ['InvalidEncrypted.NotMatchEncryptAlgorithm', 400, 'copyImage', of({ encryptAlgorithm: 'AES-256' })],
        ['InvalidEncrypted.NotMatchKmsKeyId', 400, 'copyImage', of({ KMSKeyId: 'e522b26d' })],
        ['InvalidResourceGroup.NotFound', 404, 'copyImage', of({ resourceGroupId: 'nowhere' })],
        ['OperationDenied', 403, 'copyImage', async () => ({ imageId: (await publicImage(me)).imageId, destinationRegionId: there }), 'a public image'],
    ]);
});

describe('CancelCopyImage', () => {
    testRefusals(() => me, [
        ['InvalidImageId.NotFound', 404, 'cancelCopyImage', { regionId: there, imageId: 'm-nobody' }],
        ['InvalidRegionId.NotFound', 404, 'cancelCopyImage', { regionId: 'cn-atlantis', imageId: 'm-nobody' }],
        ['ImageCreatedNotFromCopy', 400, 'cancelCopyImage', () => ({ imageId })],
        ['IncorrectImageStatus', 400, 'cancelCopyImage', async () => ({
            regionId: there, imageId: (await me.describeImages({ regionId: there, imageName: 'copy' })).images.image[0].imageId,
        }), 'a finished copy'],
        ['MissingParameter', 400, 'cancelCopyImage', { regionId: there }],
    ]);
});
