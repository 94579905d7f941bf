// The lines of docs/emulator.md, as someone pastes them: they run as they stand there, but for the port and the key.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { test } from 'node:test';

const page = readFileSync(new URL('../../docs/emulator.md', import.meta.url), 'utf8').replaceAll('\r\n', '\n');
const { port } = new URL(process.env.ECS_EMULATOR);

function lines(client) {
    const start = page.indexOf(`\n${client}:\n\n\`\`\``);
    assert.ok(start >= 0, `docs/emulator.md has no lines for ${client}`);
    const [, code] = page.slice(start).split(/```\w*\n/);
    return code
        .replaceAll(':8801', `:${port}`)
        .replaceAll('LTAIemulatorDefaultKey', process.env.ECS_EMULATOR_KEY_ID)
        .replaceAll('emulatorDefaultSecret', process.env.ECS_EMULATOR_KEY_SECRET);
}

function run(client, name) {
    return new Function('require', `${lines(client)}\nreturn ${name};`)(createRequire(import.meta.url));
}

test('the lines for Node.js make a client of ECS', async () => {
    const { DescribeImagesRequest } = createRequire(import.meta.url)('@alicloud/ecs20140526');
    const reply = await run('Node.js SDK', 'ecs').describeImages(new DescribeImagesRequest({ regionId: 'cn-hangzhou', imageOwnerAlias: 'system' }));
    assert.equal(reply.statusCode, 200);
    assert.ok(reply.body.totalCount > 0);
});

test('the lines for ali-oss make a client of OSS', async () => {
    const oss = run('ali-oss', 'oss');
    await oss.putBucket('my-bucket');
    await oss.put('a/key.txt', Buffer.from('text'));
    assert.equal((await oss.get('a/key.txt')).content.toString(), 'text');
    await oss.delete('a/key.txt');
    await oss.deleteBucket('my-bucket');
});

test('the line for curl asks for what is there', async () => {
    const [, address] = lines('curl').trim().split(' ');
    assert.equal((await (await fetch(address)).json()).status, 'ok');
});
