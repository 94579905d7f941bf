// A script that was written from the SDK's documentation alone runs as it is, told nothing but the endpoint.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { openAccount } from './support/ecs.mjs';

test('the script of a golden image runs unchanged, and leaves nothing behind', async () => {
    const [me, friend] = [await openAccount('golden'), await openAccount('reader')];
    const script = fileURLToPath(new URL('./scripts/golden-image.mjs', import.meta.url));
    const { stdout } = await promisify(execFile)(process.execPath, [script, '--endpoint', process.env.ECS_EMULATOR, '--share-with', friend.accountId, '--poll', '0.05'], {
        env: { ...process.env, ALIBABA_CLOUD_ACCESS_KEY_ID: me.keyId, ALIBABA_CLOUD_ACCESS_KEY_SECRET: me.keySecret },
        timeout: 60_000,
    });
    assert.match(stdout, new RegExp(`is shared with ${friend.accountId}`));
    assert.equal(stdout.match(/is deleted/g).length, 2);
    for (const regionId of ['cn-hangzhou', 'cn-beijing']) {
        assert.equal((await me.describeImages({ regionId, imageOwnerAlias: 'self', status: 'ALL' })).totalCount, 0);
        assert.equal((await me.describeSnapshots({ regionId })).totalCount, 0);
        assert.equal((await me.describeInstances({ regionId })).totalCount, 0);
    }
});
