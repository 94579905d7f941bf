// What one chooses from: regions, zones, types, networks, limits; and which types an image starts on.
import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { assertDryRun, launch, openAccount, publicImage, region, testRefusals } from './support/ecs.mjs';

let me;
before(async () => { me = await openAccount('choice'); });

describe('regions and zones', () => {
    test('regions come with their names in the language asked for, and their endpoints', async () => {
        const { regions } = await me.describeRegions();
        const hangzhou = regions.region.find(r => r.regionId === region);
        assert.deepEqual([hangzhou.localName, hangzhou.status], ['华东1（杭州）', 'available']);
        assert.ok(regions.region.length > 20 && regions.region.every(r => /^ecs[-.a-z0-9]*\.aliyuncs\.com$/.test(r.regionEndpoint)));
        const english = (await me.describeRegions({ acceptLanguage: 'en-US' })).regions.region.find(r => r.regionId === region);
        assert.match(english.localName, /Hangzhou/);
    });

    test('zones come with what they have', async () => {
        const { zones } = await me.describeZones({ acceptLanguage: 'en-US', verbose: true });
        const [zone] = zones.zone;
        assert.match(zone.zoneId, /^cn-hangzhou-[a-z]$/);
        assert.ok(zone.availableInstanceTypes.instanceTypes.includes('ecs.g7.large'));
        assert.ok(zone.availableDiskCategories.diskCategories.includes('cloud_essd'));
        assert.ok(zone.availableResourceCreation.resourceTypes.includes('Instance'));
        const brief = await me.describeZones({ verbose: false });
        assert.deepEqual(brief.zones.zone.map(z => z.zoneId), zones.zone.map(z => z.zoneId));
        assert.equal(brief.zones.zone[0].availableInstanceTypes, undefined);
    });

    testRefusals(() => me, [
        ['InvalidAcceptLanguage.NotFound', 404, 'describeRegions', { acceptLanguage: 'tlh' }],
        ['InvalidResourceType.NotFound', 404, 'describeRegions', { resourceType: 'teapot' }],
        ['Invalid.InstanceChargeType', 403, 'describeRegions', { instanceChargeType: 'Barter' }],
        ['InvalidRegionId.NotFound', 404, 'describeZones', { regionId: 'cn-atlantis' }],
        ['InvalidAcceptLanguage.NotFound', 404, 'describeZones', { acceptLanguage: 'tlh' }],
        ['InvalidInstanceChargeType.NotFound', 404, 'describeZones', { instanceChargeType: 'Barter' }],
        ['InvalidSpotStrategy', 400, 'describeZones', { spotStrategy: 'Hope' }],
        ['MissingParameter', 400, 'describeZones', { regionId: '' }],
    ]);
});

describe('instance types', () => {
    test('go by name, family, size and processor', async () => {
        const types = async more => (await me.describeInstanceTypes(more)).instanceTypes.instanceType;
        const [large] = await types({ instanceTypes: ['ecs.g7.large'] });
        assert.deepEqual([large.instanceTypeId, large.instanceTypeFamily, large.cpuCoreCount, large.memorySize, large.cpuArchitecture], ['ecs.g7.large', 'ecs.g7', 2, 8, 'X86']);
        assert.ok(large.supportedBootModes.supportedBootMode.length > 0);
        assert.ok((await types({ instanceTypeFamily: 'ecs.c7' })).every(t => t.instanceTypeFamily === 'ecs.c7'));
        const arm = await types({ cpuArchitecture: 'ARM', minimumCpuCoreCount: 4, maximumCpuCoreCount: 8, minimumMemorySize: 8 });
        assert.ok(arm.length > 0 && arm.every(t => t.cpuArchitecture === 'ARM' && t.cpuCoreCount >= 4 && t.cpuCoreCount <= 8 && t.memorySize >= 8));
        const gpu = await types({ minimumGPUAmount: 1 });
        assert.ok(gpu.length > 0 && gpu.every(t => t.GPUAmount >= 1 && t.GPUSpec.length > 0));
        assert.deepEqual(await types({ instanceTypes: ['ecs.abacus'] }), []);
    });

    test('come a page at a time', async () => {
        const all = (await me.describeInstanceTypes({ instanceTypeFamily: 'ecs.g7' })).instanceTypes.instanceType.map(t => t.instanceTypeId);
        const seen = [];
        for (let nextToken; ;) {
            const page = await me.describeInstanceTypes({ instanceTypeFamily: 'ecs.g7', maxResults: 3, nextToken });
            assert.ok(page.instanceTypes.instanceType.length <= 3);
            seen.push(...page.instanceTypes.instanceType.map(t => t.instanceTypeId));
            nextToken = page.nextToken;
            if (!nextToken) break;
        }
        assert.deepEqual(seen, all);
    });

    test('families have generations', async () => {
        const { instanceTypeFamilies } = await me.describeInstanceTypeFamilies({ generation: 'ecs-5' });
        assert.ok(instanceTypeFamilies.instanceTypeFamily.every(f => f.generation === 'ecs-5'));
        const all = (await me.describeInstanceTypeFamilies()).instanceTypeFamilies.instanceTypeFamily;
        assert.ok(all.some(f => f.instanceTypeFamilyId === 'ecs.g7'));
    });

    test('an image starts on those of its architecture', async () => {
        const on = async imageId => (await me.describeImageSupportInstanceTypes({ imageId, actionType: 'CreateEcs' })).instanceTypes.instanceType.map(t => t.instanceTypeId);
        const [x86, arm] = [await on((await publicImage(me)).imageId), await on((await publicImage(me, { architecture: 'arm64' })).imageId)];
        assert.ok(x86.includes('ecs.g7.large') && !x86.includes('ecs.g8y.large'));
        assert.ok(arm.includes('ecs.g8y.large') && !arm.includes('ecs.g7.large'));
        const byFilter = await me.describeImageSupportInstanceTypes({ filter: [{ key: 'imageId', value: (await publicImage(me)).imageId }] });
        assert.equal(byFilter.instanceTypes.instanceType.length, x86.length);
    });

    testRefusals(() => me, [
        ['InvalidRegionId.NotFound', 404, 'describeInstanceTypeFamilies', { regionId: 'cn-atlantis' }],
        ['InvalidParameter', 400, 'describeInstanceTypes', { nextToken: 'made up' }],
        ['InvalidImageId.NotFound', 404, 'describeImageSupportInstanceTypes', { imageId: 'm-nobody' }],
        ['InvalidParamter', 400, 'describeImageSupportInstanceTypes', {}],
        ['InvalidParamter', 400, 'describeImageSupportInstanceTypes', async () => ({ imageId: (await publicImage(me)).imageId, actionType: 'Dance' })],
    ]);
});

describe('the network that an account has', () => {
    test('a default VPC, with a vSwitch in every zone and a security group', async () => {
        const { vpcs: { vpc: [vpc] }, totalCount } = await me.describeVpcs({ isDefault: true });
        assert.deepEqual([totalCount, vpc.isDefault, vpc.status, vpc.regionId], [1, true, 'Available', region]);
        const { zones } = await me.describeZones({ verbose: false });
        const switches = await me.describeVSwitches({ vpcId: vpc.vpcId, pageSize: 50 });
        assert.deepEqual(switches.vSwitches.vSwitch.map(s => s.zoneId).sort(), zones.zone.map(z => z.zoneId).sort());
        const [one] = switches.vSwitches.vSwitch;
        assert.deepEqual([one.vpcId, one.status, one.isDefault], [vpc.vpcId, 'Available', true]);
        const byZone = await me.describeVSwitches({ zoneId: one.zoneId });
        assert.deepEqual(byZone.vSwitches.vSwitch.map(s => s.vSwitchId), [one.vSwitchId]);
        await launch(me);
        const groups = await me.describeSecurityGroups({ vpcId: vpc.vpcId, isQueryEcsCount: true });
        assert.deepEqual(groups.securityGroups.securityGroup.map(g => [g.vpcId, g.securityGroupType, g.ecsCount]), [[vpc.vpcId, 'normal', 1]]);
        assert.equal(groups.regionId, region);
    });

    test('accounts have attributes', async () => {
        const { accountAttributeItems: { accountAttributeItem: items } } = await me.describeAccountAttributes({ attributeName: ['max-security-groups', 'instance-network-type'] });
        assert.deepEqual(items.map(i => [i.attributeName, i.attributeValues.valueItem.map(v => v.value)]).sort(),
            [['instance-network-type', ['vpc', 'classic']], ['max-security-groups', ['100']]]);
    });

    test('a dry run of a listing does nothing but check', () => assertDryRun(me.describeSecurityGroups({ dryRun: true })));

    testRefusals(() => me, [
        ['InvalidRegionId.NotFound', 404, 'describeVpcs', { regionId: 'cn-atlantis' }],
        ['InvalidParameter', 400, 'describeVSwitches', { pageSize: 51 }],
        ['InvalidParameter.SecurityGroupType', 400, 'describeSecurityGroups', { securityGroupType: 'bouncer' }],
        ['NotSupported.PageNumberAndPageSize', 400, 'describeSecurityGroups', { pageNumber: 1, maxResults: 10 }],
        ['InValidParameter.NextToken', 400, 'describeSecurityGroups', { nextToken: 'made up' }],
        ['Invalid.Parameter', 403, 'describeAccountAttributes', { attributeName: ['shoe-size'] }],
        ['InvalidRegionId.NotFound', 404, 'describeAccountAttributes', { regionId: 'cn-atlantis' }],
    ]);
});
