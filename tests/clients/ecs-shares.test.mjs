// Sharing with accounts, and publishing to the community: seen from both sides.
import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { control } from './support/emulator.mjs';
import { assertDryRun, assertRefused, availableImage, bake, disksOf, imageOf, launch, openAccount, testRefusals } from './support/ecs.mjs';

let me, other, third, imageId, instanceId;

before(async () => {
    [me, other, third] = await Promise.all(['owner', 'friend', 'stranger'].map(name => openAccount(name)));
    ({ imageId, instanceId } = await bake(me, { imageName: 'to-share', imageFamily: 'ours' }));
});

const share = (...addAccount) => me.modifyImageSharePermission({ imageId, addAccount });
const unshare = (...removeAccount) => me.modifyImageSharePermission({ imageId, removeAccount });

describe('sharing with accounts', () => {
    test('an account sees, launches and copies what is shared with it, until that is taken back', async () => {
        assert.equal(await imageOf(other, imageId), undefined);
        await share(other.accountId);
        const seen = await imageOf(other, imageId);
        assert.deepEqual([seen.imageOwnerAlias, String(seen.imageOwnerId), seen.isPublic], ['others', me.accountId, false]);
        assert.equal((await imageOf(me, imageId)).isSelfShared, 'true');
        assert.equal(await imageOf(third, imageId), undefined);
        const found = await other.describeImages({ imageOwnerAlias: 'others', imageOwnerId: Number(me.accountId) });
        assert.deepEqual(found.images.image.map(i => i.imageId), [imageId]);
        await launch(other, { imageId });
        const copy = await other.copyImage({ imageId, destinationRegionId: 'cn-hangzhou', destinationImageName: 'mine-now' });
        assert.equal((await availableImage(other, copy.imageId)).imageOwnerAlias, 'self');
        await assertRefused(other.copyImage({ imageId, destinationRegionId: 'cn-beijing' }), 'OperationDenied.SameRegionOnly', 403);
        await assertRefused(other.deleteImage({ imageId }), 'InvalidImageId.NotFound', 404);
        await assertRefused(other.modifyImageAttribute({ imageId, description: 'graffiti' }), 'InvalidImageId.NotFound', 404);
        await assertRefused(other.modifyImageSharePermission({ imageId, addAccount: [third.accountId] }), 'InvalidImageId.NotFound', 404);
        await unshare(other.accountId);
        assert.equal(await imageOf(other, imageId), undefined);
        assert.equal((await imageOf(me, imageId)).isSelfShared, 'false');
    });

    test('DescribeImageSharePermission lists whom it is shared with, a page at a time', async () => {
        await share(other.accountId, third.accountId);
        const page = await me.describeImageSharePermission({ imageId, pageSize: 1, pageNumber: 2 });
        assert.deepEqual([page.imageId, page.totalCount, page.pageNumber, page.pageSize, page.accounts.account.length], [imageId, 2, 2, 1, 1]);
        const all = (await me.describeImageSharePermission({ imageId })).accounts.account.map(a => a.aliyunId);
        assert.deepEqual(all.sort(), [other.accountId, third.accountId].sort());
        await unshare(other.accountId, third.accountId);
        assert.equal((await me.describeImageSharePermission({ imageId })).totalCount, 0);
    });

    test('what is shared is neither deleted nor deprecated', async () => {
        await share(other.accountId);
        await assertRefused(me.deleteImage({ imageId, force: true }), 'ImageUseShared', 403);
        await assertRefused(me.modifyImageAttribute({ imageId, status: 'Deprecated' }), 'ImageUseShared', 403);
        await unshare(other.accountId);
    });

    test('what is deprecated is not shared', async () => {
        const made = await bake(me);
        await me.modifyImageAttribute({ imageId: made.imageId, status: 'Deprecated' });
        await assertRefused(me.modifyImageSharePermission({ imageId: made.imageId, addAccount: [other.accountId] }), 'OperationDenied.InvalidImageStatus', 403);
    });

    test('what the service encrypted is not shared; what an own key encrypted is, with one disk', async () => {
        const copied = async parameters => {
            const copy = await me.copyImage({ destinationRegionId: 'cn-hangzhou', encrypted: true, ...parameters });
            await availableImage(me, copy.imageId);
            return { imageId: copy.imageId, addAccount: [other.accountId] };
        };
        await assertRefused(me.modifyImageSharePermission(await copied({ imageId })), 'InvalidOperation.ServiceKeyEncryptedImageUnsupported', 403);
        const own = await copied({ imageId, KMSKeyId: 'e522b26d-abf6-4e0d' });
        await me.modifyImageSharePermission(own);
        await assertRefused(me.modifyImageSharePermission({ imageId: own.imageId, isPublic: true }), 'OperationDeined.EncryptedSnapshot', 403);
        const [withData] = await launch(me, { dataDisk: [{ size: 20 }] });
        assert.equal((await disksOf(me, withData)).length, 2);
        const whole = await me.createImage({ instanceId: withData });
        await availableImage(me, whole.imageId);
        await assertRefused(me.modifyImageSharePermission(await copied({ imageId: whole.imageId, KMSKeyId: 'e522b26d-abf6-4e0d' })), 'OperationDeined.FullImage', 403);
    });

    test('an image goes to fifty accounts, and of a longer list the first ten count', async () => {
        const ids = [];
        for (let i = 0; i < 51; i++) ids.push((await control(process.env.ECS_EMULATOR, 'POST', 'accounts', { name: `crowd-${i}` })).accountId);
        await share(...ids.slice(0, 12));
        assert.equal((await me.describeImageSharePermission({ imageId })).totalCount, 10);
        for (let i = 10; i < 50; i += 10) await share(...ids.slice(i, i + 10));
        await assertRefused(share(ids[50]), 'QuotaExceed.ShareImageUser', 403);
        assert.equal((await me.describeImageSharePermission({ imageId, pageSize: 100 })).accounts.account.length, 50);
        for (let i = 0; i < 50; i += 10) await unshare(...ids.slice(i, i + 10));
    });

    test('does nothing in a dry run but check', async () => {
        await assertDryRun(me.modifyImageSharePermission({ imageId, addAccount: [other.accountId], dryRun: true }));
        assert.equal((await me.describeImageSharePermission({ imageId })).totalCount, 0);
    });

    const of = more => () => ({ imageId, ...more });
    testRefusals(() => me, [
        ['InvalidImageId.NotFound', 404, 'modifyImageSharePermission', () => ({ imageId: 'm-nobody', addAccount: [other.accountId] })],
        ['InvalidAccount.NotFound', 404, 'modifyImageSharePermission', of({ addAccount: ['1000000000000000'] })],
        ['InvalidAccount.Forbbiden', 404, 'modifyImageSharePermission', () => ({ imageId, addAccount: [me.accountId] })],
        ['InvalidParameter.IsPublic', 403, 'modifyImageSharePermission', () => ({ imageId, addAccount: [other.accountId], isPublic: true })],
        ['ForbiddenParameter.LaunchPermission', 400, 'modifyImageSharePermission', of({ launchPermission: 'all' })],
        ['UnnecessaryParameter.LaunchPermission', 400, 'modifyImageSharePermission', () => ({ imageId, addAccount: [other.accountId], launchPermission: 'all' })],
        ['InvalidRegionId.NotFound', 400, 'modifyImageSharePermission', () => ({ regionId: 'cn-atlantis', imageId, addAccount: [other.accountId] })],
        ['InvalidImageId.NotFound', 404, 'describeImageSharePermission', { imageId: 'm-nobody' }],
        ['MissingParameter', 400, 'describeImageSharePermission', {}],
        ['InvalidRegionId.NotFound', 404, 'describeImageSharePermission', { regionId: 'cn-atlantis', imageId: 'm-nobody' }],
    ]);
});

describe('the community', () => {
    let published;
    before(async () => {
        ({ imageId: published } = await me.createImage({ instanceId, imageName: 'for-all' }));
        await availableImage(me, published);
    });

    test('everyone finds and launches what is published; nobody copies, shares or deletes it', async () => {
        await assertRefused(me.modifyImageSharePermission({ imageId: published, isPublic: false }), 'Image.NotPublic', 403);
        await me.modifyImageSharePermission({ imageId: published, isPublic: true });
        await assertRefused(me.modifyImageSharePermission({ imageId: published, isPublic: true }), 'Image.Public', 403);
        assert.equal((await imageOf(me, published)).isPublic, true);
        assert.equal(await imageOf(third, published), undefined, 'not without asking for the community');
        const found = await third.describeImages({ imageOwnerAlias: 'others', isPublic: true, imageId: published });
        assert.deepEqual(found.images.image.map(i => [i.imageOwnerAlias, i.isPublic]), [['others', true]]);
        await launch(third, { imageId: published });
        await assertRefused(third.copyImage({ imageId: published, destinationRegionId: 'cn-beijing' }), 'OperationDenied.CommunityImage', 400);
        await assertRefused(me.modifyImageSharePermission({ imageId: published, addAccount: [other.accountId] }), 'Image.Public', 403);
        await assertRefused(me.deleteImage({ imageId: published }), 'ImageIsPublic', 403);
        await me.modifyImageSharePermission({ imageId: published, isPublic: false });
        assert.equal((await third.describeImages({ imageOwnerAlias: 'others', isPublic: true, imageId: published })).totalCount, 0);
        await me.deleteImage({ imageId: published, force: true });
    });
});
