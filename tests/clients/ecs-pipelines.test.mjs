// Image Builder: pipelines kept, listed and deleted.
import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { assertRefused, openAccount, publicImage, testRefusals } from './support/ecs.mjs';

let me, baseImage, imagePipelineId;

before(async () => {
    me = await openAccount('pipelines');
    baseImage = (await publicImage(me)).imageId;
    const { vSwitches: { vSwitch: [{ vSwitchId }] } } = await me.describeVSwitches();
    ({ imagePipelineId } = await me.createImagePipeline({
        name: 'nightly',
        description: 'Builds every night',
        baseImageType: 'IMAGE',
        baseImage,
        buildContent: 'RUN yum update -y\nRESTART\nRUN echo built',
        testContent: 'RUN true',
        imageName: 'nightly-web',
        imageFamily: 'web',
        instanceType: 'ecs.g7.large',
        systemDiskSize: 60,
        internetMaxBandwidthOut: 10,
        deleteInstanceOnFailure: true,
        vSwitchId,
        toRegionId: ['cn-hangzhou', 'cn-beijing'],
        addAccount: ['1234567890123456'],
        nvmeSupport: 'auto',
        repairMode: 'Standard',
        advancedOptions: { imageNameSuffix: 'disable' },
        tag: [{ key: 'team', value: 'images' }],
    }));
});

describe('CreateImagePipeline and DescribeImagePipelines', () => {
    test('a pipeline comes back as it was written', async () => {
        const { imagePipeline: { imagePipelineSet: [pipeline] }, totalCount } = await me.describeImagePipelines({ imagePipelineId: [imagePipelineId] });
        assert.equal(totalCount, 1);
        assert.match(imagePipelineId, /^ip-/);
        assert.deepEqual([pipeline.name, pipeline.description, pipeline.baseImageType, pipeline.baseImage, pipeline.imageName, pipeline.imageFamily, pipeline.instanceType, pipeline.systemDiskSize, pipeline.internetMaxBandwidthOut, pipeline.deleteInstanceOnFailure],
            ['nightly', 'Builds every night', 'IMAGE', baseImage, 'nightly-web', 'web', 'ecs.g7.large', 60, 10, true]);
        assert.equal(pipeline.buildContent, 'RUN yum update -y\nRESTART\nRUN echo built');
        assert.deepEqual(pipeline.toRegionIds.toRegionId, ['cn-hangzhou', 'cn-beijing']);
        assert.deepEqual(pipeline.addAccounts.addAccount, ['1234567890123456']);
        assert.equal(pipeline.advancedOptions.imageNameSuffix, 'disable');
        assert.deepEqual(pipeline.tags.tag.map(t => [t.tagKey, t.tagValue]), [['team', 'images']]);
    });

    test('from a family, or a file in OSS', async () => {
        const fromFile = await me.createImagePipeline({
            name: 'from-file',
            baseImageType: 'OSS',
            importImageOptions: {
                OSType: 'linux',
                architecture: 'x86_64',
                platform: 'CentOS',
                bootMode: 'UEFI',
                diskDeviceMappings: [{ OSSBucket: 'bucket', OSSObject: 'disk.qcow2', format: 'QCOW2', diskImageSize: 40 }],
            },
        });
        const { imagePipeline: { imagePipelineSet: [pipeline] } } = await me.describeImagePipelines({ name: 'from-file' });
        assert.equal(pipeline.imagePipelineId, fromFile.imagePipelineId);
        assert.deepEqual(pipeline.importImageOptions.diskDeviceMappings.diskDeviceMapping.map(d => [d.OSSBucket, d.OSSObject, d.format, d.diskImageSize]), [['bucket', 'disk.qcow2', 'QCOW2', 40]]);
    });

    test('are found by tag, and come a page at a time', async () => {
        for (let i = 0; i < 3; i++) await me.createImagePipeline({ name: `page-${i}`, baseImageType: 'IMAGE', baseImage, tag: [{ key: 'page', value: 'yes' }] });
        const seen = [];
        for (let nextToken; ;) {
            const page = await me.describeImagePipelines({ tag: [{ key: 'page', value: 'yes' }], maxResults: 2, nextToken });
            assert.deepEqual([page.totalCount, page.maxResults], [3, 2]);
            seen.push(...page.imagePipeline.imagePipelineSet.map(p => p.name));
            nextToken = page.nextToken;
            if (!nextToken) break;
        }
        assert.deepEqual(seen.sort(), ['page-0', 'page-1', 'page-2']);
    });

    test('with the same token make no second one', async () => {
        const request = { baseImageType: 'IMAGE', baseImage, clientToken: 'pipelines-once' };
        assert.equal((await me.createImagePipeline(request)).imagePipelineId, (await me.createImagePipeline(request)).imagePipelineId);
    });

    test('a region holds a hundred at the most', async () => {
        const other = await openAccount('builders');
        for (let i = 0; i < 100; i += 10)
            await Promise.all(Array.from({ length: 10 }, () => other.createImagePipeline({ baseImageType: 'IMAGE', baseImage })));
        await assertRefused(other.createImagePipeline({ baseImageType: 'IMAGE', baseImage }), 'QuotaExceed.ImagePipeline', 400);
    });

    const make = more => () => ({ baseImageType: 'IMAGE', baseImage, ...more });
    const file = (disk, more = {}) => ({ baseImageType: 'OSS', importImageOptions: { diskDeviceMappings: [{ OSSBucket: 'b', OSSObject: 'o', ...disk }], ...more } });
    testRefusals(() => me, [
        ['InvalidRegionId.NotFound', 404, 'createImagePipeline', make({ regionId: 'cn-atlantis' })],
        ['InvalidBaseImageType.NotSupportedValue', 400, 'createImagePipeline', make({ baseImageType: 'TAPE' })],
        ['InvalidImage.NotFound', 404, 'createImagePipeline', make({ baseImage: 'm-nobody' })],
        ['InvalidImage.NotFound', 404, 'createImagePipeline', { baseImageType: 'IMAGE_FAMILY', baseImage: 'nobody' }],
        ['InvalidImage.ImageOwnerAliasUnsupported', 400, 'createImagePipeline', async () => ({ baseImageType: 'IMAGE', baseImage: (await me.describeImages({ imageOwnerAlias: 'marketplace' })).images.image[0].imageId })],
        ['InvalidName.Malformed', 400, 'createImagePipeline', make({ name: 'http://x' })],
        ['InvalidDescription.Malformed', 400, 'createImagePipeline', make({ description: 'http://x' })],
        ['InvalidImageName.Malformed', 400, 'createImagePipeline', make({ imageName: '9lives' })],
        ['InvalidImageFamily.Malformed', 400, 'createImagePipeline', make({ imageFamily: 'acs:x' })],
        ['InvalidImageOptions.Description', 400, 'createImagePipeline', make({ imageOptions: { description: 'http://x' } })],
        ['InvalidBuildContent.LengthExceeded', 400, 'createImagePipeline', make({ buildContent: 'RUN ' + 'x'.repeat(16 * 1024) })],
        ['InvalidParameter.TestContent', 400, 'createImagePipeline', make({ testContent: 'RUN ' + 'x'.repeat(16 * 1024) })],
        ['InvalidParameter.NvmeSupport', 400, 'createImagePipeline', make({ nvmeSupport: 'perhaps' })],
        ['InvalidParameter.RepairMode', 400, 'createImagePipeline', make({ repairMode: 'Hammer' })],
        ['MissingParameter.RepairMode', 404, 'createImagePipeline', make({ repairItem: ['CloudInit'] })],
        ['InvalidAdvancedOptions.ImageNameSuffix', 400, 'createImagePipeline', make({ advancedOptions: { imageNameSuffix: 'maybe' } })],
        ['InvalidSystemDiskSize.NotSupportedValue', 400, 'createImagePipeline', make({ systemDiskSize: 501 })],
        ['InvalidInternetMaxBandwidthOut.NotSupportedValue', 400, 'createImagePipeline', make({ internetMaxBandwidthOut: 101 })],
        ['InvalidInstanceType.NotFound', 404, 'createImagePipeline', make({ instanceType: 'ecs.abacus' })],
        ['InvalidVSwitchId.NotFound', 404, 'createImagePipeline', make({ vSwitchId: 'vsw-nobody' })],
        ['InvalidAddAccountSize.ExceededMaxNumber', 400, 'createImagePipeline', make({ addAccount: Array.from({ length: 21 }, (_, i) => String(10 ** 15 + i)) })],
        ['InvalidToRegionIdSize.ExceededMaxNumber', 400, 'createImagePipeline', make({ toRegionId: Array.from({ length: 21 }, () => 'cn-beijing') })],
        ['InvalidRegionId.NotFound', 404, 'createImagePipeline', make({ toRegionId: ['cn-atlantis'] })],
        ['InvalidResourceGroup.NotFound', 404, 'createImagePipeline', make({ resourceGroupId: 'nowhere' })],
        ['InvalidParameterCombination', 400, 'createImagePipeline', make({ importImageOptions: { OSType: 'linux' } })],
        ['MissingParameter.ImportImageOptions', 404, 'createImagePipeline', { baseImageType: 'OSS' }],
        ['MissingParameter.ImageOptionsDiskDeviceMappings', 404, 'createImagePipeline', { baseImageType: 'OSS', importImageOptions: { OSType: 'linux' } }],
        ['MissingParameter.ImportImageOptionsDiskDeviceMappingsOSSBucket', 404, 'createImagePipeline', file({ OSSBucket: undefined })],
        ['MissingParameter.ImportImageOptionsDiskDeviceMappingsOSSObject', 404, 'createImagePipeline', file({ OSSObject: undefined })],
        ['InvalidParameter.ImportImageOptionsDiskDeviceMappingsOSSBucket', 400, 'createImagePipeline', file({ OSSBucket: 'b'.repeat(64) })],
        ['InvalidParameter.ImportImageOptionsDiskDeviceMappingsOSSObject', 400, 'createImagePipeline', file({ OSSObject: 'o'.repeat(1024) })],
        ['InvalidParameter.ImportImageOptionsDiskDeviceMappingsFormat', 400, 'createImagePipeline', file({ format: 'ZIP' })],
        ['InvalidImportImageOptionsDiskDeviceMappings.LengthLimitExceeded', 400, 'createImagePipeline', { baseImageType: 'OSS', importImageOptions: { diskDeviceMappings: Array.from({ length: 18 }, () => ({ OSSBucket: 'b', OSSObject: 'o' })) } }],
        ['InvalidOperation.DiskImageSizeExceeded', 400, 'createImagePipeline', file({ diskImageSize: 2049 })],
        ['InvalidParameter.ImportImageOptionsArchitecture', 400, 'createImagePipeline', file({}, { architecture: 'sparc' })],
        ['InvalidParameter.ImportImageOptionsBootMode', 400, 'createImagePipeline', file({}, { bootMode: 'Floppy' })],
        ['InvalidParameter.ImportImageOptionsOSType', 400, 'createImagePipeline', file({}, { OSType: 'beos' })],
        ['InvalidParameter.ImportImageOptionsLicenseType', 400, 'createImagePipeline', file({}, { licenseType: 'Pirate' })],
        ['InvalidParameter.ImportImageOptionsPlatform', 400, 'createImagePipeline', file({}, { platform: 'Plan 9' })],
        ['InvalidTagKey.Malformed', 400, 'createImagePipeline', make({ tag: [{ key: 'acs:x', value: 'x' }] })],
        ['InvalidTagValue.Malformed', 400, 'createImagePipeline', make({ tag: [{ key: 'x', value: 'http://x' }] })],
        ['Duplicate.TagKey', 400, 'createImagePipeline', make({ tag: [{ key: 'x' }, { key: 'x' }] })],
        ['InvalidImagePipelineIdSize.ExceededMaxNumber', 400, 'describeImagePipelines', { imagePipelineId: Array.from({ length: 21 }, (_, i) => `ip-${i}`) }],
        ['InvalidName.Malformed', 400, 'describeImagePipelines', { name: 'http://x' }],
        ['Invalid.NextToken', 403, 'describeImagePipelines', { nextToken: 'made up' }],
    ]);
});

describe('DeleteImagePipeline', () => {
    test('makes it gone', async () => {
        const made = await me.createImagePipeline({ baseImageType: 'IMAGE', baseImage });
        await me.deleteImagePipeline({ imagePipelineId: made.imagePipelineId });
        assert.equal((await me.describeImagePipelines({ imagePipelineId: [made.imagePipelineId] })).totalCount, 0);
        await assertRefused(me.deleteImagePipeline({ imagePipelineId: made.imagePipelineId }), 'InvalidImagePipeline.NotFound', 404);
    });

    testRefusals(() => me, [['MissingParameter', 400, 'deleteImagePipeline', {}]]);
});
