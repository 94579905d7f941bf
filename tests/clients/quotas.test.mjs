// Quotas by the generic client, as its samples call it: parameters in a form, dimensions as a list.
import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { assertRefused, openAccount, until } from './support/ecs.mjs';
import { genericClient } from './support/openapi.mjs';

const images = 'q_user-image-count';
const dimensions = [{ Key: 'regionId', Value: 'cn-hangzhou' }];
let me, call;

before(async () => {
    me = await openAccount('quotas');
    call = genericClient({ keyId: me.keyId, keySecret: me.keySecret, version: '2020-05-10' });
});

const quota = async () => (await call('GetProductQuota', { body: { ProductCode: 'ecs', QuotaActionCode: images, Dimensions: dimensions } })).Quota;

describe('reading', () => {
    test('products are listed', async () => {
        const body = await call('ListProducts', { body: { MaxResults: 100 } });
        assert.ok(body.ProductInfo.some(p => p.ProductCode === 'ecs'));
        assert.equal(typeof body.TotalCount, 'number');
    });

    test('quotas of ECS are listed, searched and paged', async () => {
        const all = await call('ListProductQuotas', { body: { ProductCode: 'ecs', Dimensions: dimensions } });
        assert.ok(all.Quotas.some(q => q.QuotaActionCode === images && q.TotalQuota === 100 && q.TotalUsage === 0));
        assert.equal(all.TotalCount, all.Quotas.length);
        const found = await call('ListProductQuotas', { body: { ProductCode: 'ecs', KeyWord: 'custom images', Dimensions: dimensions } });
        assert.deepEqual(found.Quotas.map(q => q.QuotaActionCode), [images]);
        const first = await call('ListProductQuotas', { body: { ProductCode: 'ecs', MaxResults: 1, Dimensions: dimensions } });
        assert.equal(first.Quotas.length, 1);
        const second = await call('ListProductQuotas', { body: { ProductCode: 'ecs', MaxResults: 1, NextToken: first.NextToken, Dimensions: dimensions } });
        assert.notEqual(second.Quotas[0].QuotaActionCode, first.Quotas[0].QuotaActionCode);
        const sorted = await call('ListProductQuotas', { body: { ProductCode: 'ecs', SortField: 'TOTAL', SortOrder: 'Ascending', Dimensions: dimensions } });
        const totals = sorted.Quotas.map(q => q.TotalQuota);
        assert.deepEqual(totals, [...totals].sort((a, b) => a - b));
    });

    test('without dimensions there is a row for each region, and one of the usual region', async () => {
        const found = await call('ListProductQuotas', { body: { ProductCode: 'ecs', QuotaActionCode: images, MaxResults: 100 } });
        const regions = found.Quotas.map(q => q.Dimensions.regionId);
        assert.ok(regions.includes('cn-beijing') && regions.length === new Set(regions).size && regions.length === found.TotalCount);
        const one = await call('GetProductQuota', { body: { ProductCode: 'ecs', QuotaActionCode: images } });
        assert.equal(one.Quota.Dimensions.regionId, 'cn-hangzhou');
        const none = await call('ListProductQuotas', { body: { ProductCode: 'ecs', Dimensions: [{ Key: 'zoneId', Value: 'cn-hangzhou-h' }] } });
        assert.equal(none.TotalCount, 0);
    });

    test('parameters in the query count as those in the form do, and both together', async () => {
        const body = await call('GetProductQuota', { query: { ProductCode: 'ecs', Dimensions: dimensions }, body: { QuotaActionCode: images } });
        assert.equal(body.Quota.QuotaActionCode, images);
        const get = await call('GetProductQuota', { method: 'GET', query: { ProductCode: 'ecs', QuotaActionCode: images, Dimensions: dimensions } });
        assert.equal(get.Quota.TotalQuota, 100);
    });
});

describe('asking for more', () => {
    test('an application is agreed, and the limit rises', async () => {
        const body = await call('CreateQuotaApplication', {
            body: { ProductCode: 'ecs', QuotaActionCode: images, DesireValue: 150, Reason: 'Nightly images, Ümlaut & 原因', Dimensions: dimensions, NoticeType: 3 },
        });
        assert.match(body.ApplicationId, /^[0-9a-f-]{36}$/);
        assert.deepEqual([body.DesireValue, body.Reason, body.QuotaActionCode, body.NoticeType], [150, 'Nightly images, Ümlaut & 原因', images, 3]);
        assert.ok(['Process', 'Agree'].includes(body.Status));
        await until(quota, q => q.TotalQuota === 150);
    });
});

const ask = more => ({ ProductCode: 'ecs', QuotaActionCode: images, DesireValue: 200, Reason: 'More', Dimensions: dimensions, ...more });
const refusals = [
    ['QUOTA.NOT.FOUND', 'GetProductQuota', { ProductCode: 'ecs', QuotaActionCode: 'q_nobody', Dimensions: dimensions }],
    ['MissingParameter', 'CreateQuotaApplication', ask({ Dimensions: undefined })],
    ['MissingParameter', 'GetProductQuota', { ProductCode: 'ecs' }],
    ['MissingParameter', 'ListProductQuotas', {}],
    ['INVALID.MAX.RESULTS', 'ListProductQuotas', { ProductCode: 'ecs', MaxResults: 101, Dimensions: dimensions }],
    ['InvalidSortOrder', 'ListProductQuotas', { ProductCode: 'ecs', SortOrder: 'Sideways', Dimensions: dimensions }],
    ['QUOTA.DESIREVALUE.ILLEGAL', 'CreateQuotaApplication', ask({ DesireValue: 1 })],
    ['QUOTA.DESIREVALUE.ILLEGAL', 'CreateQuotaApplication', ask({ DesireValue: 1001 })],
    ['InvalidDesireValue', 'CreateQuotaApplication', ask({ DesireValue: -1 })],
    ['InvalidNoticeType', 'CreateQuotaApplication', ask({ NoticeType: 7 })],
    ['QUOTA.NOT.FOUND', 'CreateQuotaApplication', ask({ QuotaActionCode: 'q_nobody' })],
    ['MissingParameter', 'CreateQuotaApplication', ask({ Reason: undefined })],
];
for (const [code, action, body] of refusals)
    test(`${action} refuses with ${code} (400): ${JSON.stringify(body)}`, () => assertRefused(call(action, { body }), code, 400));

test('a quota at its most is not adjustable', async () => {
    const shares = 'q_user-per-image-shared-user-count';
    const body = { ProductCode: 'ecs', QuotaActionCode: shares, DesireValue: 200, Reason: 'All', Dimensions: dimensions, AuditMode: 'Sync' };
    assert.equal((await call('CreateQuotaApplication', { body })).Status, 'Agree');
    await assertRefused(call('CreateQuotaApplication', { body }), 'QUOTA.NOT.ADJUSTABLE', 400);
});

test('ECS answers the generic client too, with its parameters in the query', async () => {
    const ecs = genericClient({ keyId: me.keyId, keySecret: me.keySecret, version: '2014-05-26' });
    const body = await ecs('DescribeImages', { query: { RegionId: 'cn-hangzhou', ImageOwnerAlias: 'system', PageSize: 2, Tag: [] } });
    assert.equal(body.Images.Image.length, 2);
});
