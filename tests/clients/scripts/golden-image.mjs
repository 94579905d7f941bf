// The life of a golden image, from a machine to its last copy, as the documentation of the official SDK tells it.
// It knows nothing of who answers: node golden-image.mjs --share-with UID [--endpoint http://127.0.0.1:8801] [--poll SECONDS]
// Without --endpoint it runs at Alibaba Cloud, and costs money there. Keys come from ALIBABA_CLOUD_ACCESS_KEY_ID and _SECRET.
import { setTimeout } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import Ecs, * as $Ecs from '@alicloud/ecs20140526';
import OpenApi from '@alicloud/openapi-client';
import Credential from '@alicloud/credentials';

const { values: options } = parseArgs({
    options: { endpoint: { type: 'string' }, 'share-with': { type: 'string' }, poll: { type: 'string', default: '5' } },
});
const [home, away] = ['cn-hangzhou', 'cn-beijing'];
const stamp = new Date().toISOString().replace(/\D/g, '').slice(0, 14);

function clientOf(regionId) {
    const config = new OpenApi.Config({ credential: new Credential.default(), regionId });
    if (options.endpoint) {
        const { host, protocol } = new URL(options.endpoint);
        config.endpoint = host;
        config.protocol = protocol.replace(':', '').toUpperCase();
    }
    return new Ecs.default(config);
}

const clients = { [home]: clientOf(home), [away]: clientOf(away) };
const say = text => console.log(`${new Date().toISOString()} ${text}`);

async function waitFor(what, read, wanted) {
    for (; ;) {
        const state = await read();
        say(`${what} is ${state}`);
        if (state === wanted) return;
        if (state === 'CreateFailed' || state === 'UnAvailable') throw new Error(`${what} came out as ${state}`);
        await setTimeout(Number(options.poll) * 1000);
    }
}

async function image(regionId, imageId) {
    const { body } = await clients[regionId].describeImages(new $Ecs.DescribeImagesRequest({ regionId, imageId, status: 'Creating,Waiting,Available,UnAvailable,CreateFailed,Deprecated' }));
    return body.images.image[0];
}

async function instanceStatus(instanceId) {
    const { body } = await clients[home].describeInstances(new $Ecs.DescribeInstancesRequest({ regionId: home, instanceIds: JSON.stringify([instanceId]) }));
    return body.instances.instance[0]?.status;
}

async function newestLinux() {
    const { body } = await clients[home].describeImages(new $Ecs.DescribeImagesRequest({
        regionId: home, imageOwnerAlias: 'system', OSType: 'linux', architecture: 'x86_64', instanceType: 'ecs.g7.large', pageSize: 100,
    }));
    return body.images.image.filter(i => i.platform === 'Aliyun').sort((a, b) => b.creationTime.localeCompare(a.creationTime))[0].imageId;
}

async function launch(imageId) {
    const ecs = clients[home];
    const vpcs = await ecs.describeVpcs(new $Ecs.DescribeVpcsRequest({ regionId: home, isDefault: true }));
    const [vpc] = vpcs.body.vpcs.vpc;
    const switches = await ecs.describeVSwitches(new $Ecs.DescribeVSwitchesRequest({ regionId: home, vpcId: vpc.vpcId }));
    const [vSwitch] = switches.body.vSwitches.vSwitch;
    const groups = await ecs.describeSecurityGroups(new $Ecs.DescribeSecurityGroupsRequest({ regionId: home, vpcId: vpc.vpcId }));
    const { body } = await ecs.runInstances(new $Ecs.RunInstancesRequest({
        regionId: home,
        imageId,
        instanceType: 'ecs.g7.large',
        instanceName: `golden-${stamp}`,
        vSwitchId: vSwitch.vSwitchId,
        securityGroupId: groups.body.securityGroups.securityGroup[0].securityGroupId,
        internetMaxBandwidthOut: 0,
        systemDisk: new $Ecs.RunInstancesRequestSystemDisk({ category: 'cloud_essd', size: '40' }),
        tag: [new $Ecs.RunInstancesRequestTag({ key: 'purpose', value: 'golden-image' })],
        clientToken: `golden-run-${stamp}`,
    }));
    return body.instanceIdSets.instanceIdSet[0];
}

async function deleteWithSnapshots(regionId, imageId) {
    const ecs = clients[regionId];
    const { diskDeviceMappings } = await image(regionId, imageId);
    await ecs.deleteImage(new $Ecs.DeleteImageRequest({ regionId, imageId }));
    for (const { snapshotId } of diskDeviceMappings.diskDeviceMapping)
        await ecs.deleteSnapshot(new $Ecs.DeleteSnapshotRequest({ snapshotId }));
    say(`${imageId} is deleted`);
}

const ecs = clients[home];
const instanceId = await launch(await newestLinux());
await waitFor(instanceId, () => instanceStatus(instanceId), 'Running');
await ecs.stopInstance(new $Ecs.StopInstanceRequest({ instanceId }));
await waitFor(instanceId, () => instanceStatus(instanceId), 'Stopped');

const created = await ecs.createImage(new $Ecs.CreateImageRequest({
    regionId: home,
    instanceId,
    imageName: `golden-${stamp}`,
    imageFamily: 'golden',
    description: 'The golden image',
    tag: [new $Ecs.CreateImageRequestTag({ key: 'purpose', value: 'golden-image' })],
    clientToken: `golden-create-${stamp}`,
}));
const { imageId } = created.body;
await waitFor(imageId, async () => (await image(home, imageId))?.status, 'Available');
await ecs.deleteInstance(new $Ecs.DeleteInstanceRequest({ instanceId }));
const newest = await ecs.describeImageFromFamily(new $Ecs.DescribeImageFromFamilyRequest({ regionId: home, imageFamily: 'golden' }));
if (newest.body.image.imageId !== imageId) throw new Error(`The family has ${newest.body.image.imageId}, not ${imageId}`);

const copied = await ecs.copyImage(new $Ecs.CopyImageRequest({
    regionId: home, imageId, destinationRegionId: away, destinationImageName: `golden-${stamp}`, clientToken: `golden-copy-${stamp}`,
}));
const copyId = copied.body.imageId;
await waitFor(copyId, async () => (await image(away, copyId))?.status, 'Available');

await ecs.modifyImageSharePermission(new $Ecs.ModifyImageSharePermissionRequest({ regionId: home, imageId, addAccount: [options['share-with']] }));
const shares = await ecs.describeImageSharePermission(new $Ecs.DescribeImageSharePermissionRequest({ regionId: home, imageId }));
say(`${imageId} is shared with ${shares.body.accounts.account.map(a => a.aliyunId)}`);
await ecs.modifyImageSharePermission(new $Ecs.ModifyImageSharePermissionRequest({ regionId: home, imageId, removeAccount: [options['share-with']] }));

await ecs.modifyImageAttribute(new $Ecs.ModifyImageAttributeRequest({ regionId: home, imageId, status: 'Deprecated' }));
await waitFor(imageId, async () => (await image(home, imageId)).status, 'Deprecated');
await deleteWithSnapshots(home, imageId);
await deleteWithSnapshots(away, copyId);
