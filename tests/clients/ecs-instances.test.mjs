// Instances: launched, stopped, started, released; and launched from templates.
import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import {
    assertDryRun, assertRefused, bake, disksOf, instanceOf, instanceThatIs, launch, openAccount, publicImage, snapshotThatIs, testRefusals,
} from './support/ecs.mjs';

const type = 'ecs.g7.large';
let me, publicId, windowsId, armId, vSwitch, group;

before(async () => {
    me = await openAccount('instances');
    publicId = (await publicImage(me)).imageId;
    windowsId = (await publicImage(me, { platform: 'Windows Server 2022', osType: 'windows' })).imageId;
    armId = (await publicImage(me, { architecture: 'arm64' })).imageId;
    const [{ vpcId }] = (await me.describeVpcs({ isDefault: true })).vpcs.vpc;
    [vSwitch] = (await me.describeVSwitches({ vpcId })).vSwitches.vSwitch;
    [group] = (await me.describeSecurityGroups({ vpcId })).securityGroups.securityGroup;
});

describe('RunInstances', () => {
    test('launches as many as asked for, each with its name, address and tags', async () => {
        const ids = await launch(me, {
            amount: 3,
            instanceName: 'web-[8,3]-blue',
            hostName: 'web',
            uniqueSuffix: true,
            description: 'Three of a kind',
            vSwitchId: vSwitch.vSwitchId,
            securityGroupId: group.securityGroupId,
            internetMaxBandwidthOut: 5,
            internetChargeType: 'PayByTraffic',
            password: 'Correct-Horse-7',
            userData: Buffer.from('#!/bin/sh\necho hello\n').toString('base64'),
            httpTokens: 'required',
            tag: [{ key: 'role', value: 'web' }],
        });
        const found = (await me.describeInstances({ instanceIds: JSON.stringify(ids) })).instances.instance;
        assert.deepEqual(found.map(i => i.instanceName).sort(), ['web-008-blue', 'web-009-blue', 'web-010-blue']);
        assert.deepEqual(found.map(i => i.hostName).sort(), ['web001', 'web002', 'web003']);
        assert.equal(new Set(found.flatMap(i => i.vpcAttributes.privateIpAddress.ipAddress)).size, 3);
        assert.equal(new Set(found.flatMap(i => i.publicIpAddress.ipAddress)).size, 3);
        for (const i of found) {
            assert.deepEqual([i.imageId, i.instanceType, i.instanceTypeFamily, i.cpu, i.memory, i.instanceChargeType, i.status, i.description, i.instanceNetworkType],
                [publicId, type, 'ecs.g7', 2, 8192, 'PostPaid', 'Running', 'Three of a kind', 'vpc']);
            assert.deepEqual(i.securityGroupIds.securityGroupId, [group.securityGroupId]);
            assert.equal(i.vpcAttributes.vSwitchId, vSwitch.vSwitchId);
            assert.equal(i.zoneId, vSwitch.zoneId);
            assert.deepEqual(i.tags.tag.map(t => [t.tagKey, t.tagValue]), [['role', 'web']]);
        }
    });

    test('with the same token launches once', async () => {
        const request = { imageId: publicId, instanceType: type, clientToken: 'instances-once' };
        const [first, second] = [await me.runInstances(request), await me.runInstances(request)];
        assert.deepEqual(second.instanceIdSets.instanceIdSet, first.instanceIdSets.instanceIdSet);
        await assertRefused(me.runInstances({ ...request, amount: 2 }), 'IdempotentParameterMismatch', 400);
    });

    test('does nothing in a dry run but check', async () => {
        await assertDryRun(me.runInstances({ imageId: publicId, instanceType: type, instanceName: 'dry', dryRun: true }));
        assert.equal((await me.describeInstances({ instanceName: 'dry' })).totalCount, 0);
    });

    test('what no instance has comes empty, not missing', async () => {
        const [id] = await launch(me);
        const instance = await instanceOf(me, id);
        assert.deepEqual(
            [instance.dedicatedHostAttribute.dedicatedHostId, instance.rdmaIpAddress.ipAddress, instance.hibernationOptions.configured, instance.ecsCapacityReservationAttr.capacityReservationId, instance.recyclable, instance.deploymentSetId],
            ['', [], false, '', false, '']);
    });

    test('a disk is no smaller than the snapshot that it is made from', async () => {
        const [id] = await launch(me, { dataDisk: [{ size: 40 }] });
        const disk = (await disksOf(me, id)).find(d => d.type === 'data');
        const { snapshotId } = await me.createSnapshot({ diskId: disk.diskId });
        await snapshotThatIs(me, 'accomplished', snapshotId);
        await assertRefused(me.runInstances({ imageId: publicId, instanceType: type, dataDisk: [{ snapshotId, size: 20 }] }), 'InvalidDiskSize.TooSmall', 403);
    });

    test('the snapshot of a system disk makes no data disk', async () => {
        const [id] = await launch(me);
        const [disk] = await disksOf(me, id);
        const { snapshotId } = await me.createSnapshot({ diskId: disk.diskId });
        await snapshotThatIs(me, 'accomplished', snapshotId);
        await assertRefused(me.runInstances({ imageId: publicId, instanceType: type, dataDisk: [{ snapshotId }] }), 'InvalidSnapshotId.NotDataDiskSnapshot', 403);
    });

    test('a system disk is no smaller than its image', async () => {
        const { imageId } = await bake(me);
        await assertRefused(me.runInstances({ imageId, instanceType: type, systemDisk: { size: '30' } }), 'InvalidSystemDiskSize.LessThanImageSize', 404);
    });

    test('an address is used once', async () => {
        const [first] = await launch(me, { vSwitchId: vSwitch.vSwitchId });
        const [privateIpAddress] = (await instanceOf(me, first)).vpcAttributes.privateIpAddress.ipAddress;
        await assertRefused(me.runInstances({ imageId: publicId, instanceType: type, vSwitchId: vSwitch.vSwitchId, privateIpAddress }), 'InvalidPrivateIpAddress.Duplicated', 400);
    });

    test('a type that needs NVMe takes neither an image without it nor a disk without it', async () => {
        const types = (await me.describeInstanceTypes({ nvmeSupport: 'required', cpuArchitecture: 'X86' })).instanceTypes.instanceType;
        const { imageId } = await bake(me);
        await assertRefused(me.runInstances({ imageId, instanceType: types[0].instanceTypeId, dataDisk: [{ size: 20, category: 'cloud_efficiency' }] }), 'InvalidInstanceType.NotSupportDiskCategory', 403);
        await me.modifyImageAttribute({ imageId, features: { nvmeSupport: 'unsupported' } });
        await assertRefused(me.runInstances({ imageId, instanceType: types[0].instanceTypeId }), 'ImageNotSupportInstanceType', 403);
    });

    const run = more => () => ({ imageId: publicId, instanceType: type, ...more });
    testRefusals(() => me, [
        ['MissingParameter', 400, 'runInstances', { instanceType: type }, 'no image'],
        ['MissingParameter', 400, 'runInstances', () => ({ imageId: publicId }), 'no type'],
        ['InvalidRegionId.NotFound', 404, 'runInstances', run({ regionId: 'cn-atlantis' })],
        ['InvalidImageId.NotFound', 404, 'runInstances', run({ imageId: 'm-nobody' })],
        ['UnexpectedImageFamily.ImageIdSupplied', 400, 'runInstances', run({ imageFamily: 'kin' })],
        ['InvalidImageFamily.MissingAvailableImage', 403, 'runInstances', { instanceType: type, imageFamily: 'nobody' }],
        ['ImageNotSubscribed', 403, 'runInstances', async () => ({ instanceType: type, imageId: (await me.describeImages({ imageOwnerAlias: 'marketplace' })).images.image[0].imageId })],
        ['InvalidMaxAmount.Malformed', 400, 'runInstances', run({ amount: 101 })],
        ['InvalidMinAmount.Malformed', 400, 'runInstances', run({ amount: 2, minAmount: 3 })],
        ['InvalidInstanceName.Malformed', 400, 'runInstances', run({ instanceName: 'http://x' })],
        ['InvalidHostName.Malformed', 400, 'runInstances', run({ hostName: '-x-' })],
        ['InvalidHostname.SingleAndMultiConflict', 403, 'runInstances', run({ hostName: 'web', hostNames: ['web'] })],
        ['InvalidHostname.SizeInvalid', 403, 'runInstances', run({ amount: 2, hostNames: ['web'] })],
        ['InvalidPassword.Malformed', 400, 'runInstances', run({ password: 'secret' })],
        ['InvalidPasswordParam.Mismatch', 400, 'runInstances', run({ password: 'Correct-Horse-7', keyPairName: 'mine' })],
        ['DependencyViolation.WindowsInstance', 403, 'runInstances', () => ({ imageId: windowsId, instanceType: type, keyPairName: 'mine' })],
        ['InvalidUserData.Base64FormatInvalid', 400, 'runInstances', run({ userData: 'not base 64!' })],
        ['InvalidUserData.SizeExceeded', 400, 'runInstances', run({ userData: Buffer.alloc(33 * 1024).toString('base64') })],
        ['InvalidZoneId.NotFound', 404, 'runInstances', run({ zoneId: 'cn-hangzhou-zz' })],
        ['InvalidSecurityGroupId.NotFound', 404, 'runInstances', run({ securityGroupId: 'sg-nobody' })],
        ['InvalidSecurityGroupId.SingleIdAndMultiIdConflict', 400, 'runInstances', () => run({ securityGroupId: group.securityGroupId, securityGroupIds: [group.securityGroupId] })()],
        ['InvalidVpcZone.NotSupported', 400, 'runInstances', () => run({ vSwitchId: vSwitch.vSwitchId, zoneId: vSwitch.zoneId === 'cn-hangzhou-h' ? 'cn-hangzhou-i' : 'cn-hangzhou-h' })()],
        ['InvalidPrivateIpAddress.Malformed', 400, 'runInstances', run({ privateIpAddress: 'localhost' })],
        ['InvalidVSwitchId.IpInvalid', 403, 'runInstances', run({ privateIpAddress: '10.9.8.7' })],
        ['InvalidParam.Amount', 403, 'runInstances', run({ amount: 2, privateIpAddress: '172.31.0.77' })],
        ['InvalidDedicatedHostId.NotFound', 400, 'runInstances', run({ dedicatedHostId: 'dh-nobody' })],
        ['InvalidDeploymentSetId.NotFound', 400, 'runInstances', run({ deploymentSetId: 'ds-nobody' })],
        ['InvalidHpcClusterId.NotFound', 400, 'runInstances', run({ hpcClusterId: 'hpc-nobody' })],
        ['InvalidInstanceChargeType.NotFound', 404, 'runInstances', run({ instanceChargeType: 'Barter' })],
        ['InvalidInternetChargeType.ValueNotSupported', 400, 'runInstances', run({ internetChargeType: 'PayByLetter' })],
        ['InvalidSystemDiskCategory.ValueNotSupported', 400, 'runInstances', run({ systemDisk: { category: 'punched_cards' } })],
        ['InvalidSystemDiskSize.ValueNotSupported', 400, 'runInstances', run({ systemDisk: { size: 'large' } })],
        ['InvalidSystemDiskSize.LessThanMinSize', 404, 'runInstances', run({ systemDisk: { size: '19', category: 'cloud_essd', performanceLevel: 'PL1' } })],
        ['InvalidSystemDiskSize.MoreThanMaxSize', 404, 'runInstances', run({ systemDisk: { size: '99999' } })],
        ['InvalidPerformanceLevel.Malformed', 400, 'runInstances', run({ systemDisk: { category: 'cloud_essd', performanceLevel: 'PL9' } })],
        ['InvalidDiskName.Malformed', 400, 'runInstances', run({ systemDisk: { diskName: '!' } })],
        ['InvalidDiskDescription.Malformed', 400, 'runInstances', run({ systemDisk: { description: 'http://x' } })],
        ['InvalidDataDiskCategory.ValueNotSupported', 400, 'runInstances', run({ dataDisk: [{ size: 20, category: 'punched_cards' }] })],
        ['InvalidDataDiskSize.ValueNotSupported', 400, 'runInstances', run({ dataDisk: [{ size: 1 }] })],
        ['InvalidDataDevice.Malformed', 400, 'runInstances', run({ dataDisk: [{ size: 20, device: '/dev/null' }] })],
        ['InvalidDevice.InUse', 403, 'runInstances', run({ dataDisk: [{ size: 20, device: '/dev/xvdb' }, { size: 20, device: '/dev/xvdb' }] })],
        ['InvalidDataDiskSnapshotId.NotFound', 404, 'runInstances', run({ dataDisk: [{ snapshotId: 's-nobody' }] })],
        ['InstanceDiskNumber.LimitExceed', 400, 'runInstances', run({ dataDisk: Array.from({ length: 17 }, () => ({ size: 20 })) })],
        ['InvalidLaunchTemplate.NotFound', 404, 'runInstances', run({ launchTemplateId: 'lt-nobody' })],
        ['InvalidTagKey.Malformed', 400, 'runInstances', run({ tag: [{ key: 'acs:x', value: 'x' }] })],
        ['InvalidTagValue.Malformed', 400, 'runInstances', run({ tag: [{ key: 'x', value: 'http://x' }] })],
        ['Duplicate.TagKey', 400, 'runInstances', run({ tag: [{ key: 'x' }, { key: 'x' }] })],
        ['QuotaExceed.Tags', 403, 'runInstances', run({ tag: Array.from({ length: 21 }, (_, i) => ({ key: `k${i}` })) })],
        ['InvalidVSwitchId.NotFound', 404, 'runInstances', run({ vSwitchId: 'vsw-nobody' })],
    ]);

    test('refuses a type that the image does not start on', async () => {
        for (const [parameters, code] of [
            [{ imageId: publicId, instanceType: 'ecs.abacus' }, 'InvalidInstanceType.ValueNotSupported'],
            [{ imageId: armId, instanceType: type }, 'InvalidInstanceType.NotSupported'],
        ]) {
            const error = await me.runInstances(parameters).catch(e => e);
            assert.equal(error.code, code);
            assert.ok([400, 403].includes(error.statusCode), 'both statuses are documented');
        }
    });
});

describe('StopInstance, StartInstance, DeleteInstance', () => {
    let instanceId;
    before(async () => { [instanceId] = await launch(me); });

    test('an instance stops, starts, and is released once it is stopped', async () => {
        await assertRefused(me.startInstance({ instanceId }), 'IncorrectInstanceStatus', 403);
        await assertDryRun(me.stopInstance({ instanceId, dryRun: true }), 'DRYRUN.SUCCESS');
        await me.stopInstance({ instanceId, stoppedMode: 'StopCharging' });
        await instanceThatIs(me, 'Stopped', instanceId);
        assert.equal((await instanceOf(me, instanceId)).stoppedMode, 'StopCharging');
        await assertRefused(me.stopInstance({ instanceId }), 'IncorrectInstanceStatus', 403);
        await assertDryRun(me.startInstance({ instanceId, dryRun: true }), 'DRYRUN.SUCCESS');
        await me.startInstance({ instanceId });
        await instanceThatIs(me, 'Running', instanceId);
        await assertRefused(me.deleteInstance({ instanceId }), 'IncorrectInstanceStatus', 403);
        await me.stopInstance({ instanceId, forceStop: true });
        await instanceThatIs(me, 'Stopped', instanceId);
        await assertDryRun(me.deleteInstance({ instanceId, dryRun: true }), 'DRYRUN.SUCCESS');
        await me.deleteInstance({ instanceId });
        assert.equal(await instanceOf(me, instanceId), undefined);
        assert.deepEqual(await disksOf(me, instanceId), []);
    });

    test('what is protected, or paid in advance, is not released', async () => {
        const [guarded] = await launch(me, { deletionProtection: true });
        await assertRefused(me.deleteInstance({ instanceId: guarded, force: true }), 'InvalidOperation.DeletionProtection', 403);
        const [prepaid] = await launch(me, { instanceChargeType: 'PrePaid', period: 1, periodUnit: 'Month' });
        await assertRefused(me.deleteInstance({ instanceId: prepaid, force: true }), 'ChargeTypeViolation', 403);
        await me.deleteInstance({ instanceId: prepaid, force: true, terminateSubscription: true });
    });

    testRefusals(() => me, [
        ...['stopInstance', 'startInstance', 'deleteInstance'].flatMap(operation => [
            ['InvalidInstanceId.NotFound', 404, operation, { instanceId: 'i-nobody' }],
            ['MissingParameter', 400, operation, {}],
        ]),
        ['HibernationConfigured.NotEnabled', 403, 'stopInstance', async () => ({ instanceId: (await launch(me))[0], hibernate: true })],
    ]);
});

describe('DescribeInstances', () => {
    test('filters, and goes through pages by number and by token', async () => {
        const account = await openAccount('fleet');
        const ids = await launch(account, { amount: 5, instanceName: 'node', zoneId: 'cn-hangzhou-h', tag: [{ key: 'fleet', value: 'a' }] });
        const count = async more => (await account.describeInstances(more)).totalCount;
        assert.equal(await count({ status: 'Running' }), 5);
        assert.equal(await count({ status: 'Stopped' }), 0);
        assert.equal(await count({ instanceName: 'no*' }), 5);
        assert.equal(await count({ instanceType: type, zoneId: 'cn-hangzhou-h', imageId: publicId }), 5);
        assert.equal(await count({ instanceTypeFamily: 'ecs.g7', instanceChargeType: 'PostPaid', instanceNetworkType: 'vpc' }), 5);
        assert.equal(await count({ tag: [{ key: 'fleet' }] }), 5);
        assert.equal(await count({ tag: [{ key: 'fleet', value: 'b' }] }), 0);
        assert.equal(await count({ instanceIds: JSON.stringify(ids.slice(0, 2)) }), 2);
        const address = (await instanceOf(account, ids[0])).vpcAttributes.privateIpAddress.ipAddress[0];
        assert.equal(await count({ privateIpAddresses: JSON.stringify([address]) }), 1);
        const seen = [];
        for (let nextToken; ;) {
            const page = await account.describeInstances({ maxResults: 2, nextToken });
            seen.push(...page.instances.instance.map(i => i.instanceId));
            nextToken = page.nextToken;
            if (!nextToken) break;
        }
        assert.deepEqual(seen.sort(), [...ids].sort());
        const page = await account.describeInstances({ pageSize: 2, pageNumber: 3 });
        assert.deepEqual([page.totalCount, page.pageNumber, page.pageSize, page.instances.instance.length], [5, 3, 2, 1]);
    });

    test('does nothing in a dry run but check', () => assertDryRun(me.describeInstances({ dryRun: true })));

    testRefusals(() => me, [
        ['InvalidInstanceIds.Malformed', 403, 'describeInstances', { instanceIds: 'i-1' }],
        ['InvalidStatus.NotFound', 404, 'describeInstances', { status: 'Dreaming' }],
        ['InvalidNetworkType.NotFound', 404, 'describeInstances', { instanceNetworkType: 'tin cans' }],
        ['InvalidInstanceChargeType.NotFound', 404, 'describeInstances', { instanceChargeType: 'Barter' }],
        ['InvalidInternetChargeType.ValueNotSupported', 404, 'describeInstances', { internetChargeType: 'PayByLetter' }],
        ['InvalidLockReason.NotFound', 404, 'describeInstances', { lockReason: 'lost key' }],
        ['InvalidHpcClusterId.NotFound', 400, 'describeInstances', { hpcClusterId: 'hpc-nobody' }],
        ['InvalidFilterKey.NotFound', 404, 'describeInstances', { filter: [{ key: 'Colour', value: 'x' }] }],
        ['InvalidFilterValue', 404, 'describeInstances', { filter: [{ key: 'CreationStartTime', value: 'x' }] }],
        ['InvalidTag.Mismatch', 400, 'describeInstances', { tag: [{ value: 'x' }] }],
        ['InvalidTagCount', 400, 'describeInstances', { tag: Array.from({ length: 21 }, (_, i) => ({ key: `k${i}` })) }],
        ['InvalidRegionId.NotFound', 404, 'describeInstances', { regionId: 'cn-atlantis' }],
    ]);
});

describe('launch templates', () => {
    const data = () => ({
        imageId: publicId,
        instanceType: type,
        instanceName: 'templated',
        internetMaxBandwidthOut: 5,
        securityGroupIds: [group.securityGroupId],
        vSwitchId: vSwitch.vSwitchId,
        systemDisk: { category: 'cloud_essd', size: 80, deleteWithInstance: true },
        dataDisk: [{ size: 50, category: 'cloud_essd' }, { size: 30, category: 'cloud_efficiency', deleteWithInstance: false }],
        tag: [{ key: 'by', value: 'template' }],
        userData: Buffer.from('echo').toString('base64'),
    });
    let launchTemplateId;

    before(async () => {
        ({ launchTemplateId } = await me.createLaunchTemplate({
            launchTemplateName: 'web', versionDescription: 'The first', templateTag: [{ key: 'team', value: 'a' }], ...data(),
        }));
    });

    test('a template comes back as it was written', async () => {
        const { launchTemplateVersionSets: { launchTemplateVersionSet: [version] } } = await me.describeLaunchTemplateVersions({ launchTemplateId, detailFlag: true });
        assert.deepEqual([version.versionNumber, version.versionDescription, version.defaultVersion, version.launchTemplateName], [1, 'The first', true, 'web']);
        const kept = version.launchTemplateData;
        assert.deepEqual([kept.imageId, kept.instanceType, kept.internetMaxBandwidthOut, kept.systemDisk.size], [publicId, type, 5, 80]);
        assert.deepEqual(kept.dataDisks.dataDisk.map(d => [d.size, d.category]), [[50, 'cloud_essd'], [30, 'cloud_efficiency']]);
        assert.deepEqual(kept.securityGroupIds.securityGroupId, [group.securityGroupId]);
        assert.deepEqual(kept.tags.instanceTag.map(t => [t.key, t.value]), [['by', 'template']]);
    });

    test('instances launch from the version that is named, overruled by the call', async () => {
        const second = await me.createLaunchTemplateVersion({ launchTemplateId, versionDescription: 'Smaller', imageId: publicId, instanceType: 'ecs.c7.large', systemDisk: { size: 40 } });
        assert.equal(second.launchTemplateVersionNumber, 2);
        const run = async more => {
            const { instanceIdSets: { instanceIdSet: [id] } } = await me.runInstances({ launchTemplateId, ...more });
            await instanceThatIs(me, 'Running', id);
            return { ...await instanceOf(me, id), disks: (await disksOf(me, id)).map(d => d.size).sort() };
        };
        const first = await run({ instanceName: 'overruled' });
        assert.deepEqual([first.instanceType, first.instanceName, first.disks], [type, 'overruled', [30, 50, 80]]);
        assert.deepEqual(first.tags.tag.map(t => [t.tagKey, t.tagValue]), [['by', 'template']]);
        const other = await run({ launchTemplateVersion: 2 });
        assert.deepEqual([other.instanceType, other.disks], ['ecs.c7.large', [40]]);
        await assertRefused(me.runInstances({ launchTemplateId, launchTemplateVersion: 9 }), 'InvalidLaunchTemplateVersion.NotFound', 404);
    });

    test('templates and versions are listed, found and paged', async () => {
        const { launchTemplateSets: { launchTemplateSet: [template] }, totalCount } = await me.describeLaunchTemplates({ launchTemplateName: ['web'], templateTag: [{ key: 'team', value: 'a' }] });
        assert.equal(totalCount, 1);
        assert.deepEqual([template.launchTemplateId, template.defaultVersionNumber, template.latestVersionNumber], [launchTemplateId, 1, 2]);
        const versions = async more => (await me.describeLaunchTemplateVersions({ launchTemplateName: 'web', ...more })).launchTemplateVersionSets.launchTemplateVersionSet.map(v => v.versionNumber);
        assert.deepEqual(await versions({}), [2, 1]);
        assert.deepEqual(await versions({ minVersion: 2 }), [2]);
        assert.deepEqual(await versions({ launchTemplateVersion: [1] }), [1]);
        assert.deepEqual(await versions({ defaultVersion: true }), [1]);
        assert.deepEqual(await versions({ pageSize: 1, pageNumber: 2 }), [1]);
    });

    test('a template has thirty versions, and an account thirty templates, at the most', async () => {
        const account = await openAccount('templates');
        const { launchTemplateId: full } = await account.createLaunchTemplate({ launchTemplateName: 'full-0' });
        for (let i = 1; i < 30; i++) {
            await account.createLaunchTemplateVersion({ launchTemplateId: full });
            await account.createLaunchTemplate({ launchTemplateName: `full-${i}` });
        }
        await assertRefused(account.createLaunchTemplateVersion({ launchTemplateId: full }), 'LaunchTemplateVersionLimitExceed', 403);
        await assertRefused(account.createLaunchTemplate({ launchTemplateName: 'too-many' }), 'LaunchTemplateLimitExceed', 403);
    });

    test('a template is deleted by name or id', async () => {
        const { launchTemplateId: gone } = await me.createLaunchTemplate({ launchTemplateName: 'gone' });
        await me.deleteLaunchTemplate({ launchTemplateName: 'gone' });
        assert.equal((await me.describeLaunchTemplates({ launchTemplateId: [gone] })).totalCount, 0);
    });

    const make = more => ({ launchTemplateName: 'bad', ...more });
    testRefusals(() => me, [
        ['MissingParameter', 400, 'createLaunchTemplate', {}],
        ['InvalidResourceGroup.NotFound', 404, 'createLaunchTemplate', make({ resourceGroupId: 'nowhere' })],
        ['InvalidResourceGroup.NotFound', 404, 'createLaunchTemplate', make({ templateResourceGroupId: 'nowhere' })],
        ['QuotaExceed.Tags', 403, 'createLaunchTemplate', make({ templateTag: Array.from({ length: 21 }, (_, i) => ({ key: `k${i}` })) })],
        ['LaunchTemplateName.Duplicated', 403, 'createLaunchTemplate', make({ launchTemplateName: 'web' })],
        ['InvalidLaunchTemplateName.Malformed', 400, 'createLaunchTemplate', make({ launchTemplateName: 'http://x' })],
        ['InvalidDescription.Malformed', 400, 'createLaunchTemplate', make({ versionDescription: 'http://x' })],
        ['InvalidHostName.Malformed', 400, 'createLaunchTemplate', make({ hostName: 'x' })],
        ['InvalidUserData.SizeExceeded', 400, 'createLaunchTemplate', make({ userData: Buffer.alloc(33 * 1024).toString('base64') })],
        ['InvalidTagKey.Malformed', 400, 'createLaunchTemplate', make({ templateTag: [{ key: 'acs:x', value: 'x' }] })],
        ['InvalidTagValue.Malformed', 400, 'createLaunchTemplate', make({ tag: [{ key: 'x', value: 'http://x' }] })],
        ['Duplicate.TagKey', 400, 'createLaunchTemplate', make({ templateTag: [{ key: 'x' }, { key: 'x' }] })],
        ['InvalidRegion.NotExist', 400, 'createLaunchTemplate', make({ regionId: 'cn-atlantis' })],
        ['InvalidUserData.Base64FormatInvalid', 400, 'createLaunchTemplate', make({ userData: 'not base 64!' })],
        ['MissingParameter', 400, 'createLaunchTemplateVersion', {}],
        ['InvalidDescription.Malformed', 400, 'createLaunchTemplateVersion', { launchTemplateName: 'web', versionDescription: 'http://x' }],
        ['InvalidHostName.Malformed', 400, 'createLaunchTemplateVersion', { launchTemplateName: 'web', hostName: 'x' }],
        ['InvalidUserData.SizeExceeded', 400, 'createLaunchTemplateVersion', { launchTemplateName: 'web', userData: Buffer.alloc(33 * 1024).toString('base64') }],
        ['InvalidResourceGroup.NotFound', 404, 'createLaunchTemplateVersion', { launchTemplateName: 'web', resourceGroupId: 'nowhere' }],
        ['Duplicate.TagKey', 400, 'createLaunchTemplateVersion', { launchTemplateName: 'web', tag: [{ key: 'x' }, { key: 'x' }] }],
        ['InvalidRegion.NotExist', 400, 'createLaunchTemplateVersion', { regionId: 'cn-atlantis', launchTemplateName: 'web' }],
        ['InvalidRegion.NotExist', 400, 'describeLaunchTemplates', { regionId: 'cn-atlantis' }],
        ['InvalidRegion.NotExist', 400, 'describeLaunchTemplateVersions', { regionId: 'cn-atlantis', launchTemplateName: 'web' }],
        ['MissingParameter', 400, 'describeLaunchTemplateVersions', {}],
        ['MissingParameter', 400, 'deleteLaunchTemplate', {}],
        ['InvalidRegion.NotExist', 400, 'deleteLaunchTemplate', { regionId: 'cn-atlantis', launchTemplateName: 'web' }],
    ]);

    test('what is unknown is not found, by either of the documented statuses', async () => {
        for (const operation of ['createLaunchTemplateVersion', 'describeLaunchTemplateVersions']) {
            const error = await me[operation]({ launchTemplateId: 'lt-nobody' }).catch(e => e);
            assert.equal(error.code, 'InvalidLaunchTemplate.NotFound');
            assert.ok([400, 404].includes(error.statusCode));
        }
    });
});
