// Our client of OSS and ali-oss, each reading what the other wrote; ours runs as a process of its own.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { after, before, describe, test } from 'node:test';
import OSS from 'ali-oss';
import { findBuild } from './support/emulator.mjs';

const bucket = 'clients-own';
const folder = mkdtempSync(join(tmpdir(), 'oss-own-'));
const driver = findBuild('tests/EcsImages.OssDriver');
const MiB = 1024 * 1024;
const oss = new OSS({
    accessKeyId: process.env.ECS_EMULATOR_KEY_ID, accessKeySecret: process.env.ECS_EMULATOR_KEY_SECRET, region: 'oss-cn-hangzhou', bucket,
    authorizationV4: true, sldEnable: true, endpoint: `http://localhost:${new URL(process.env.ECS_EMULATOR).port}`,
});

before(() => oss.putBucket(bucket));
after(() => rmSync(folder, { recursive: true }));

/** Runs our client; what it printed, or undefined where it was killed after so many parts. */
async function own(verb, key, path, { parallel = 4, killAfter } = {}) {
    const child = spawn('dotnet', [driver, verb, process.env.ECS_EMULATOR, bucket, key, path, String(parallel)], { stdio: ['ignore', 'pipe', 'pipe'] });
    const ended = new Promise(done => child.once('close', done));
    const said = [];
    let errors = '';
    child.stderr.on('data', text => { errors += text; });
    createInterface({ input: child.stdout }).on('line', line => {
        said.push(line);
        if (said.filter(l => l.startsWith('moved ')).length === killAfter) child.kill('SIGKILL');
    });
    const code = await ended;
    if (killAfter !== undefined) return undefined;
    if (code !== 0) throw Object.assign(new Error(errors), { code: errors.split(' ')[0] });
    return said.join('\n');
}

function file(name, bytes) {
    const path = join(folder, name);
    writeFileSync(path, bytes);
    return path;
}

const md5 = bytes => createHash('md5').update(bytes).digest('hex').toUpperCase();
const keys = ['plain.raw', 'with blanks/ and more .raw', 'a+b=c&d', '100%/%20/%2F', '目录/ü💾.qcow2', "~tilde/*star*/!'()", 'double//slash'];

describe('what our client wrote, ali-oss reads', () => {
    for (const key of keys)
        test(key, async () => {
            const bytes = randomBytes(2 * MiB + 77);
            const said = await own('upload', key, file('up', bytes));
            const head = await oss.head(key);
            assert.equal(head.res.headers['content-length'], String(bytes.length));
            assert.match(said, new RegExp(`crc64 ${head.res.headers['x-oss-hash-crc64ecma']}\\b`));
            const range = await oss.get(key, { headers: { Range: 'bytes=1000000-1000999' } });
            assert.equal(range.res.status, 206);
            assert.ok(range.content.equals(bytes.subarray(1_000_000, 1_001_000)));
            assert.ok((await oss.get(key)).content.equals(bytes));
        });

    test('an upload that was killed: its parts are listed, and it goes on', async () => {
        const bytes = randomBytes(18 * MiB + 5);
        const path = file('killed', bytes);
        await own('upload', 'killed/disk', path, { parallel: 1, killAfter: 2 });
        const [upload] = (await oss.listUploads({ prefix: 'killed/' })).uploads;
        assert.equal(upload.name, 'killed/disk');
        const parts = [(await oss.listParts('killed/disk', upload.uploadId)).parts].flat();
        assert.ok(parts.length >= 2);
        for (const part of parts) {
            const from = (part.PartNumber - 1) * 4 * MiB;
            assert.equal(part.ETag, `"${md5(bytes.subarray(from, from + Number(part.Size)))}"`);
        }
        const kept = Number(/kept (\d+)/.exec(await own('upload', 'killed/disk', path))[1]);
        assert.ok(kept >= 8 * MiB, `${kept} bytes were kept`);
        const got = await oss.get('killed/disk');
        assert.match(got.res.headers.etag, /-5"$/);
        assert.ok(got.content.equals(bytes));
        assert.deepEqual((await oss.listUploads({ prefix: 'killed/' })).uploads ?? [], []);
        assert.ok(!existsSync(`${path}.upload`));
    });

    test('nothing, too', async () => {
        await own('upload', 'empty', file('empty', Buffer.alloc(0)));
        assert.equal((await oss.get('empty')).content.length, 0);
    });

    test('a key that begins with a slash is refused, not changed', () =>
        assert.rejects(own('upload', '/leading', file('up', randomBytes(100))), { code: 'InvalidObjectName' }));
});

describe('what ali-oss wrote, our client reads', () => {
    for (const key of keys)
        test(key, async () => {
            const bytes = randomBytes(MiB + 99);
            const target = join(folder, 'down');
            await oss.put(key, bytes);
            await own('download', key, target);
            assert.ok(readFileSync(target).equals(bytes));
            const larger = randomBytes(9 * MiB + 3);
            await oss.multipartUpload(key, file('parts', larger), { partSize: MiB });
            await own('download', key, target);
            assert.ok(readFileSync(target).equals(larger));
        });

    test('packed bytes stay as they were stored', async () => {
        const bytes = Buffer.from('1f8b0800000000000003cb48cdc9c90700', 'hex');
        await oss.put('packed.gz', bytes, { headers: { 'Content-Encoding': 'gzip' } });
        await own('download', 'packed.gz', join(folder, 'packed.gz'));
        assert.ok(readFileSync(join(folder, 'packed.gz')).equals(bytes));
    });

    test('an object that is not there is said so', () => assert.rejects(own('download', 'none', join(folder, 'none')), { code: 'NoSuchKey' }));
});
