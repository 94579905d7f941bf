// Packer, unmodified, with nothing set but its proxy: what it makes is what was asked for, and what it made on the way is gone.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { build, missing } from './packer/build.mjs';
import { startEmulator } from './packer/emulator.mjs';

const skip = missing() ?? false;
if (skip) console.log(`# Packer is not tested: ${skip}`);

let source;

// Networks that are there beforehand, and all that there is with them: it is what is to be left.
async function network(account) {
    const { VpcId } = await account.call('CreateVpc', { CidrBlock: '172.16.0.0/12' });
    const { VSwitchId } = await account.call('CreateVSwitch', { VpcId, CidrBlock: '172.16.0.0/24', ZoneId: 'cn-hangzhou-i' });
    const { SecurityGroupId } = await account.call('CreateSecurityGroup', { VpcId });
    return {
        settings: { vpc_id: VpcId, vswitch_id: VSwitchId, security_group_id: SecurityGroupId, ssh_password: 'Packer-4711' },
        kept: await account.leftovers(),
    };
}

async function succeeds(emulator, account, settings, ...more) {
    const { code, output } = await build(emulator, account, { source_image: source, ...settings }, more);
    assert.equal(code, 0, output);
    return output;
}

async function fails(emulator, account, settings, why) {
    const { code, output } = await build(emulator, account, { source_image: source, ...settings });
    assert.equal(code, 1, output);
    assert.match(output, why);
}

const snapshotsOf = image => image.DiskDeviceMappings.DiskDeviceMapping.map(m => m.SnapshotId).sort();
const ids = snapshots => snapshots.map(s => s.SnapshotId).sort();

let emulator;
if (!skip) {
    before(async () => {
        emulator = await startEmulator();
        const account = await emulator.account('look');
        const found = await account.call('DescribeImages', { ImageOwnerAlias: 'system', OSType: 'linux', Architecture: 'x86_64', InstanceType: 'ecs.g7.large' });
        source = found.Images.Image[0].ImageId;
    });
    after(() => emulator?.stop());
}

describe('Packer builds', { skip, concurrency: 3 }, () => {
    test('an image in a network that is there', async () => {
        const account = await emulator.account('given');
        const { settings, kept } = await network(account);
        await succeeds(emulator, account, { ...settings, image_name: 'pk', image_description: 'made by Packer' });
        const [image, ...others] = await account.images();
        assert.deepEqual(others, []);
        assert.deepEqual([image.ImageName, image.Description, image.Status], ['pk', 'made by Packer', 'Available']);
        assert.deepEqual(ids(await account.snapshots()), snapshotsOf(image));
        assert.deepEqual(await account.leftovers(), kept);
    });

    test('an image with everything made for it, and takes all of that away again', async () => {
        const account = await emulator.account('nothing');
        const kept = await account.leftovers();
        await succeeds(emulator, account, { image_name: 'pk' });
        const [image] = await account.images();
        assert.equal(image.Status, 'Available');
        assert.deepEqual(await account.leftovers(), kept);
        const asked = await (await emulator.control('GET', 'requests')).json();
        const mine = new Set(asked.filter(r => r.accessKeyId?.endsWith('hing')).map(r => r.operation));
        for (const name of ['CreateKeyPair', 'CreateVpc', 'CreateVSwitch', 'CreateSecurityGroup', 'AttachKeyPair', 'AllocateEipAddress', 'DetachKeyPair', 'ReleaseEipAddress', 'DeleteVpc', 'DeleteKeyPairs'])
            assert.ok(mine.has(name), `${name} was not called`);
    });

    test('an image with tags, a data disk, a copy elsewhere and a share, in the place of an older one', async () => {
        const account = await emulator.account('options');
        const friend = await emulator.account('friend');
        const { settings, kept } = await network(account);
        const options = {
            ...settings, image_name: 'pk', image_copy_regions: ['cn-beijing'], image_copy_names: ['pk-bj'], image_share_account: [friend.id], tags: { env: 'test', team: 'images' },
            image_force_delete: true, image_force_delete_snapshots: true, system_disk_mapping: { disk_size: 60 }, image_disk_mappings: [{ disk_name: 'data1', disk_size: 20, disk_delete_with_instance: true }],
        };
        // What is shared is not deleted so easily; and the snapshots of older copies Packer looks for in the wrong region.
        await succeeds(emulator, account, { ...options, image_share_account: undefined, image_copy_regions: undefined, image_copy_names: undefined });
        const [older] = await account.images();
        await succeeds(emulator, account, options);
        const [image, ...others] = await account.images();
        assert.deepEqual(others, []);
        assert.notEqual(image.ImageId, older.ImageId);
        assert.deepEqual(Object.fromEntries(image.Tags.Tag.map(t => [t.TagKey, t.TagValue])), { env: 'test', team: 'images' });
        assert.deepEqual(image.DiskDeviceMappings.DiskDeviceMapping.map(m => [m.Type, Number(m.Size)]), [['system', 60], ['data', 20]]);
        const snapshots = await account.snapshots();
        assert.deepEqual(ids(snapshots), snapshotsOf(image));
        for (const snapshot of snapshots) assert.equal(snapshot.Tags.Tag.length, 2);
        const copies = await account.images('cn-beijing');
        assert.deepEqual(copies.map(c => [c.ImageName, c.IsCopied]), [['pk-bj', true]]);
        for (const [ImageId, RegionId] of [[image.ImageId, 'cn-hangzhou'], [copies[0].ImageId, 'cn-beijing']])
            assert.deepEqual((await account.call('DescribeImageSharePermission', { ImageId, RegionId })).Accounts.Account.map(a => a.AliyunId), [friend.id]);
        assert.deepEqual(await account.leftovers(), kept);
    });

    test('an image of the system disk alone', async () => {
        const account = await emulator.account('system');
        const { settings, kept } = await network(account);
        await succeeds(emulator, account, { ...settings, image_name: 'pk', image_ignore_data_disks: true, image_disk_mappings: [{ disk_name: 'data1', disk_size: 20, disk_delete_with_instance: true }] });
        const [image] = await account.images();
        assert.deepEqual(image.DiskDeviceMappings.DiskDeviceMapping.map(m => m.Type), ['system']);
        assert.deepEqual(await account.leftovers(), kept);
    });

    test('an encrypted image, and takes the plain one away', async () => {
        const account = await emulator.account('secret');
        const { settings, kept } = await network(account);
        await succeeds(emulator, account, { ...settings, image_name: 'pk', image_encrypted: true });
        const [image, ...others] = await account.images();
        assert.deepEqual(others, []);
        assert.equal(image.ImageName, 'pk');
        assert.ok(image.DiskDeviceMappings.DiskDeviceMapping.every(m => m.Encrypted === true), JSON.stringify(image.DiskDeviceMappings));
        assert.deepEqual(ids(await account.snapshots()), snapshotsOf(image));
        assert.deepEqual(await account.leftovers(), kept);
    });

    test('nothing where the name is taken, the source unknown or the region none', async () => {
        const account = await emulator.account('wrong');
        const { settings, kept } = await network(account);
        const { SnapshotId } = await disk(account, settings);
        await account.call('CreateImage', { ImageName: 'taken', SnapshotId });
        await fails(emulator, account, { ...settings, image_name: 'taken' }, /already exists|used by an existing/i);
        await fails(emulator, account, { ...settings, image_name: 'pk', source_image: 'm-none' }, /No alicloud image was found/);
        await fails(emulator, account, { ...settings, image_name: 'pk', image_copy_regions: ['cn-nowhere'] }, /[Nn]ot a valid alicloud region/);
        assert.deepEqual(await account.leftovers(), kept);
    });
});

// A snapshot to make an image of, with nothing of where it came from left.
async function disk(account, { vswitch_id: VSwitchId, security_group_id: SecurityGroupId }) {
    const { InstanceId } = await account.call('CreateInstance', { ImageId: source, InstanceType: 'ecs.g7.large', VSwitchId, SecurityGroupId });
    const [{ DiskId }] = (await account.call('DescribeDisks', { InstanceId })).Disks.Disk;
    const made = await account.call('CreateSnapshot', { DiskId });
    await account.call('DeleteInstance', { InstanceId, Force: true });
    return made;
}

describe('After a failure Packer takes away what it made', { skip, concurrency: 3 }, () => {
    const failures = [
        ['CreateInstance', 'OperationDenied.NoStock', {}],
        ['StartInstance', 'IncorrectInstanceStatus', {}],
        ['CreateImage', 'QuotaExceed.Image', {}],
        ['CopyImage', 'QuotaExceed.Image', { image_copy_regions: ['cn-beijing'], image_copy_names: ['pk-bj'] }],
        // A copy can be cancelled only while it is under way: here everything takes as long as Packer waits for it.
        ['ModifyImageSharePermission', 'InvalidAccount.NotFound', { image_copy_regions: ['cn-beijing'], image_copy_names: ['pk-bj'] }, 1],
    ];
    for (const [operation, code, settings, speed] of failures)
        test(`where ${operation} is refused with ${code}`, async () => {
            // A fault meets whoever comes first, so each has an emulator of its own.
            const emulator = await startEmulator(speed);
            try {
                const account = await emulator.account('fails');
                const kept = await account.leftovers();
                await emulator.control('POST', 'faults', { kind: 'Error', product: 'ecs', operation, code, status: 403, count: 1 });
                await fails(emulator, account, { image_name: 'pk', ...settings }, new RegExp(code.replace('.', '\\.')));
                assert.deepEqual(await account.leftovers(), kept);
                for (const region of ['cn-hangzhou', 'cn-beijing']) {
                    assert.deepEqual(await account.images(region), []);
                    assert.deepEqual(await account.snapshots(region), []);
                }
            } finally {
                await emulator.stop();
            }
        });
});
