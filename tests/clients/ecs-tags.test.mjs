// Tags: on images, instances, disks and snapshots; listed by resource and by tag.
import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { assertRefused, bake, disksOf, imageOf, launch, openAccount, snapshotThatIs, testRefusals } from './support/ecs.mjs';

let me, imageId, instanceId, diskId, snapshotId;

before(async () => {
    me = await openAccount('tags');
    ({ imageId, instanceId } = await bake(me));
    [{ diskId }] = await disksOf(me, instanceId);
    ({ snapshotId } = await me.createSnapshot({ diskId }));
    await snapshotThatIs(me, 'accomplished', snapshotId);
});

const listed = async parameters => (await me.listTagResources(parameters)).tagResources.tagResource.map(t => [t.resourceId, t.tagKey, t.tagValue]);
const many = count => Array.from({ length: count }, (_, i) => ({ key: `k${i}`, value: `v${i}` }));

describe('TagResources', () => {
    test('puts tags on resources of each type, and overwrites', async () => {
        const resources = { image: imageId, instance: instanceId, disk: diskId, snapshot: snapshotId };
        for (const [resourceType, id] of Object.entries(resources)) {
            await me.tagResources({ resourceType, resourceId: [id], tag: [{ key: 'kind', value: resourceType }, { key: 'n', value: '1' }] });
            await me.tagResources({ resourceType, resourceId: [id], tag: [{ key: 'n', value: '2' }] });
            assert.deepEqual((await listed({ resourceType, resourceId: [id] })).sort(), [[id, 'kind', resourceType], [id, 'n', '2']]);
        }
        assert.deepEqual((await imageOf(me, imageId)).tags.tag.map(t => [t.tagKey, t.tagValue]).sort(), [['kind', 'image'], ['n', '2']]);
        const byTag = async (list, item, ask) => (await ask({ tag: [{ key: 'kind' }, { key: 'n', value: '2' }] }))[list][item].length;
        assert.equal(await byTag('instances', 'instance', me.describeInstances), 1);
        assert.equal(await byTag('disks', 'disk', me.describeDisks), 1);
        assert.equal(await byTag('snapshots', 'snapshot', me.describeSnapshots), 1);
    });

    test('an empty value is a value', async () => {
        await me.tagResources({ resourceType: 'image', resourceId: [imageId], tag: [{ key: 'bare', value: '' }] });
        assert.deepEqual(await listed({ resourceType: 'image', resourceId: [imageId], tag: [{ key: 'bare' }] }).then(rows => rows.filter(r => r[1] === 'bare')), [[imageId, 'bare', '']]);
        await me.untagResources({ resourceType: 'image', resourceId: [imageId], tagKey: ['bare'] });
    });

    test('twenty tags are the most on one resource', async () => {
        const [id] = await launch(me);
        await me.tagResources({ resourceType: 'instance', resourceId: [id], tag: many(20) });
        await assertRefused(me.tagResources({ resourceType: 'instance', resourceId: [id], tag: [{ key: 'more', value: '' }] }), 'QuotaExceed.Tags', 403);
        assert.equal((await listed({ resourceType: 'instance', resourceId: [id] })).length, 20);
    });

    const on = more => () => ({ resourceType: 'image', resourceId: [imageId], tag: [{ key: 'a', value: 'b' }], ...more });
    testRefusals(() => me, [
        ['InvalidResourceId.NotFound', 404, 'tagResources', on({ resourceId: ['m-nobody'] })],
        ['InvalidResourceType.NotFound', 404, 'tagResources', on({ resourceType: 'teapot' })],
        ['InvalidRegionId.NotFound', 404, 'tagResources', on({ regionId: 'cn-atlantis' })],
        ['MissingParameter.ResourceIds', 404, 'tagResources', on({ resourceId: [] })],
        ['MissingParameter.Tags', 404, 'tagResources', on({ tag: [] })],
        ['MissingParameter.ResourceType', 404, 'tagResources', on({ resourceType: undefined })],
        ['MissingParameter.RegionId', 404, 'tagResources', on({ regionId: '' })],
        ['NumberExceed.ResourceIds', 400, 'tagResources', on({ resourceId: Array.from({ length: 51 }, (_, i) => `m-${i}`) })],
        ['NumberExceed.Tags', 400, 'tagResources', on({ tag: many(21) })],
        ['InvalidTagKey.Malformed', 400, 'tagResources', on({ tag: [{ key: 'aliyun', value: 'x' }] })],
        ['InvalidTagKey.Malformed', 400, 'tagResources', on({ tag: [{ key: 'k'.repeat(129), value: 'x' }] })],
        ['InvalidTagValue.Malformed', 400, 'tagResources', on({ tag: [{ key: 'k', value: 'https://x' }] })],
        ['Duplicate.TagKey', 400, 'tagResources', on({ tag: [{ key: 'k', value: '1' }, { key: 'k', value: '2' }] })],
    ]);
});

describe('UntagResources', () => {
    test('takes off what is named, or all', async () => {
        const [id] = await launch(me, { tag: many(3) });
        await me.untagResources({ resourceType: 'instance', resourceId: [id], tagKey: ['k1', 'never-there'] });
        assert.deepEqual((await listed({ resourceType: 'instance', resourceId: [id] })).map(t => t[1]).sort(), ['k0', 'k2']);
        await me.untagResources({ resourceType: 'instance', resourceId: [id], all: true });
        assert.deepEqual(await listed({ resourceType: 'instance', resourceId: [id] }), []);
    });

    const off = more => () => ({ resourceType: 'image', resourceId: [imageId], tagKey: ['a'], ...more });
    testRefusals(() => me, [
        ['InvalidResourceId.NotFound', 404, 'untagResources', off({ resourceId: ['m-nobody'] })],
        ['InvalidResourceType.NotFound', 404, 'untagResources', off({ resourceType: 'teapot' })],
        ['InvalidRegionId.NotFound', 404, 'untagResources', off({ regionId: 'cn-atlantis' })],
        ['MissingParameter.ResourceIds', 404, 'untagResources', off({ resourceId: [] })],
        ['MissingParameter.Tags', 404, 'untagResources', off({ tagKey: [] })],
        ['NumberExceed.ResourceIds', 400, 'untagResources', off({ resourceId: Array.from({ length: 51 }, (_, i) => `m-${i}`) })],
        ['NumberExceed.Tags', 400, 'untagResources', off({ tagKey: Array.from({ length: 21 }, (_, i) => `k${i}`) })],
        ['InvalidTagKey.Malformed', 400, 'untagResources', off({ tagKey: ['acs:x'] })],
        ['Duplicate.TagKey', 400, 'untagResources', off({ tagKey: ['a', 'a'] })],
    ]);
});

describe('ListTagResources', () => {
    test('goes through pages by token', async () => {
        const ids = await launch(me, { amount: 4, tag: many(20) });
        const rows = [];
        let nextToken;
        let pages = 0;
        do {
            const page = await me.listTagResources({ resourceType: 'instance', resourceId: ids, nextToken });
            rows.push(...page.tagResources.tagResource);
            nextToken = page.nextToken;
            pages++;
        } while (nextToken);
        assert.equal(pages, 2);
        assert.equal(new Set(rows.map(r => `${r.resourceId} ${r.tagKey}`)).size, 80);
    });

    test('finds by tag and by filter', async () => {
        const [id] = await launch(me, { tag: [{ key: 'colour', value: 'red' }] });
        assert.deepEqual(await listed({ resourceType: 'instance', tag: [{ key: 'colour', value: 'red' }] }), [[id, 'colour', 'red']]);
        assert.deepEqual(await listed({ resourceType: 'instance', tagFilter: [{ tagKey: 'colour', tagValues: ['blue', 'red'] }] }), [[id, 'colour', 'red']]);
        assert.deepEqual(await listed({ resourceType: 'instance', tag: [{ key: 'colour', value: 'blue' }] }), []);
    });

    testRefusals(() => me, [
        ['BothEmpty.TagsAndResources', 403, 'listTagResources', { resourceType: 'image' }],
        ['InvalidResourceType.NotFound', 404, 'listTagResources', { resourceType: 'teapot', resourceId: ['x'] }],
        ['InvalidResourceId.NotFound', 404, 'listTagResources', { resourceType: 'image', resourceId: ['m-nobody'] }],
        ['InvalidRegionId.NotFound', 404, 'listTagResources', { resourceType: 'image', regionId: 'cn-atlantis', resourceId: ['m-nobody'] }],
        ['NumberExceed.ResourceIds', 400, 'listTagResources', { resourceType: 'image', resourceId: Array.from({ length: 51 }, (_, i) => `m-${i}`) }],
        ['NumberExceed.Tags', 400, 'listTagResources', { resourceType: 'image', tag: many(21) }],
        ['InvalidTag.Mismatch', 400, 'listTagResources', { resourceType: 'image', tag: [{ value: 'x' }] }],
        ['Invalid.NextToken', 403, 'listTagResources', () => ({ resourceType: 'image', resourceId: [imageId], nextToken: 'made up' })],
        ['InvalidTagFilter.Malformed', 403, 'listTagResources', { resourceType: 'image', tagFilter: [{ tagValues: ['x'] }] }],
        ['NumberExceed.TagValues', 403, 'listTagResources', { resourceType: 'image', tagFilter: [{ tagKey: 'x', tagValues: ['1', '2', '3', '4', '5', '6'] }] }],
    ]);
});
