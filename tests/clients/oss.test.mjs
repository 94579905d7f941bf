// ali-oss, as its users use it: both signatures, and each way that it addresses a bucket.
import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { createReadStream, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { after, before, describe, test } from 'node:test';
import OSS from 'ali-oss';

const server = new URL(process.env.ECS_EMULATOR);
const folder = mkdtempSync(join(tmpdir(), 'oss-clients-'));
after(() => rmSync(folder, { recursive: true }));

// The service's own host names, found at the emulator: what a DNS entry would do.
const lookup = (host, options, done) => options.all ? done(null, [{ address: '127.0.0.1', family: 4 }]) : done(null, '127.0.0.1', 4);
const agent = new http.Agent({ lookup, keepAlive: true });
after(() => agent.destroy());

const modes = [];
for (const authorizationV4 of [false, true]) {
    const signature = authorizationV4 ? 'V4' : 'V1';
    modes.push([`${signature}, bucket in the host name`, { authorizationV4, endpoint: `http://oss-cn-hangzhou.aliyuncs.com:${server.port}`, agent }]);
    modes.push([`${signature}, bucket in front of localhost`, { authorizationV4, endpoint: `http://localhost:${server.port}`, agent }]);
    modes.push([`${signature}, bucket in the path`, { authorizationV4, endpoint: `http://localhost:${server.port}`, sldEnable: true }]);
    modes.push([`${signature}, by address`, { authorizationV4, endpoint: `http://127.0.0.1:${server.port}` }]);
    modes.push([`${signature}, by address, bucket in the path`, { authorizationV4, endpoint: `http://127.0.0.1:${server.port}`, sldEnable: true }]);
}

function client(options, bucket) {
    return new OSS({
        accessKeyId: process.env.ECS_EMULATOR_KEY_ID,
        accessKeySecret: process.env.ECS_EMULATOR_KEY_SECRET,
        region: 'oss-cn-hangzhou',
        bucket,
        ...options,
    });
}

function fetchUrl(url, { method = 'GET', headers = {}, body } = {}) {
    const { hostname, port, pathname, search } = new URL(url);
    return new Promise((done, failed) => {
        const request = http.request({ host: '127.0.0.1', port, method, path: pathname + search, headers: { host: `${hostname}:${port}`, ...headers } }, response => {
            const chunks = [];
            response.on('data', c => chunks.push(c)).on('end', () => done({ status: response.statusCode, headers: response.headers, body: Buffer.concat(chunks) })).on('error', failed);
        });
        request.on('error', failed).end(body);
    });
}

const md5 = bytes => createHash('md5').update(bytes).digest('hex').toUpperCase();
const unicode = "目录/ob j+é&=%?#!'()*~@:$,;.txt";
let number = 0;

for (const [name, options] of modes) {
    describe(name, () => {
        const bucket = `clients-${++number}`;
        const oss = client(options, bucket);

        before(async () => assert.equal((await oss.putBucket(bucket)).res.status, 200));

        test('buckets are listed, described, and opened to everyone', async () => {
            const listed = await oss.listBuckets({ prefix: bucket, 'max-keys': 5 });
            assert.deepEqual(listed.buckets.map(b => b.name), [bucket]);
            assert.equal(listed.owner.id.length, 16);
            assert.equal((await oss.getBucketInfo(bucket)).bucket.Location, 'oss-cn-hangzhou');
            assert.equal((await oss.getBucketLocation(bucket)).location, 'oss-cn-hangzhou');
            await oss.putBucketACL(bucket, 'public-read');
            assert.equal((await oss.getBucketACL(bucket)).acl, 'public-read');
            await oss.putBucketACL(bucket, 'private');
        });

        test('a bucket has tags, and no setting that nobody made', async () => {
            assert.deepEqual((await oss.getBucketTags(bucket)).tag, {});
            await oss.putBucketTags(bucket, { env: 'test', allowImageBuilderAccess: 'true' });
            assert.deepEqual((await oss.getBucketTags(bucket)).tag, { env: 'test', allowImageBuilderAccess: 'true' });
            await oss.deleteBucketTags(bucket);
            assert.deepEqual((await oss.getBucketTags(bucket)).tag, {});
            await assert.rejects(oss.getBucketCORS(bucket), { status: 404, code: 'NoSuchCORSConfiguration' });
            await assert.rejects(oss.getBucketWebsite(bucket), { status: 404, code: 'NoSuchWebsiteConfiguration' });
            await assert.rejects(oss.getBucketLifecycle(bucket), { status: 404, code: 'NoSuchLifecycle' });
            await assert.rejects(oss.getBucketEncryption(bucket), { status: 404, code: 'NoSuchServerSideEncryptionRule' });
            assert.equal((await oss.getBucketLogging(bucket)).enable, false);
            assert.equal((await oss.getBucketReferer(bucket)).allowEmpty, true);
        });

        test('what is put comes back, with its metadata', async () => {
            const put = await oss.put(unicode, Buffer.from('hello'), { meta: { owner: 'Bob' }, headers: { 'Cache-Control': 'no-cache', 'Content-Disposition': 'inline' } });
            assert.equal(put.res.headers.etag, `"${md5('hello')}"`);
            assert.equal(put.res.headers['x-oss-hash-crc64ecma'], '11177612005948864433');
            const got = await oss.get(unicode);
            assert.equal(got.content.toString(), 'hello');
            assert.equal(got.res.headers['x-oss-hash-crc64ecma'], '11177612005948864433');
            assert.equal(got.res.headers['cache-control'], 'no-cache');
            const head = await oss.head(unicode);
            assert.deepEqual(head.meta, { owner: 'Bob' });
            assert.equal(head.res.headers['content-length'], '5');
            assert.equal(head.res.headers['x-oss-object-type'], 'Normal');
            const meta = await oss.getObjectMeta(unicode);
            assert.equal(meta.res.headers['content-length'], '5');
            await oss.putMeta(unicode, { owner: 'Eve' });
            assert.deepEqual((await oss.head(unicode)).meta, { owner: 'Eve' });
            await oss.delete(unicode);
            await assert.rejects(oss.head(unicode), { code: 'NoSuchKey', status: 404 });
        });

        test('ranges and conditions', async () => {
            const { res } = await oss.put('ranges', Buffer.from('0123456789'));
            const get = headers => oss.get('ranges', { headers });
            assert.equal((await get({ Range: 'bytes=2-4' })).content.toString(), '234');
            assert.equal((await get({ Range: 'bytes=-3' })).content.toString(), '789');
            assert.equal((await get({ Range: 'bytes=5-20' })).content.toString(), '0123456789');
            await assert.rejects(get({ Range: 'bytes=20-30', 'x-oss-range-behavior': 'standard' }), { status: 416, code: 'InvalidRange' });
            assert.equal((await get({ 'If-Match': res.headers.etag })).res.status, 200);
            await assert.rejects(get({ 'If-Match': '"X"' }), { status: 412, code: 'PreconditionFailed' });
            assert.equal((await oss.head('ranges', { headers: { 'If-None-Match': res.headers.etag } })).res.status, 304);
            await assert.rejects(oss.put('ranges', Buffer.from('x'), { headers: { 'x-oss-forbid-overwrite': 'true' } }), { status: 409, code: 'FileAlreadyExists' });
        });

        test('streams go up and down', async () => {
            const bytes = randomBytes(3 * 1024 * 1024 + 17);
            const file = join(folder, `${bucket}.bin`);
            writeFileSync(file, bytes);
            await oss.putStream('stream', createReadStream(file));
            const { stream } = await oss.getStream('stream');
            const chunks = [];
            for await (const chunk of stream) chunks.push(chunk);
            assert.ok(Buffer.concat(chunks).equals(bytes));
            const target = join(folder, `${bucket}.down`);
            await oss.get('stream', target);
            assert.ok(readFileSync(target).equals(bytes));
        });

        test('a multipart upload stops and goes on', async () => {
            const bytes = randomBytes(1024 * 1024 + 4321);
            const file = join(folder, `${bucket}.parts`);
            writeFileSync(file, bytes);
            let checkpoint;
            const interrupted = client(options, bucket);
            await assert.rejects(interrupted.multipartUpload('big/file.bin', file, {
                partSize: 200 * 1024,
                parallel: 1,
                progress: (done, saved) => {
                    if (saved && saved.doneParts.length === 2) {
                        checkpoint = saved;
                        interrupted.cancel();
                    }
                },
            }), { name: 'cancel' });
            const uploads = await oss.listUploads({ prefix: 'big/' });
            assert.deepEqual(uploads.uploads.map(u => u.name), ['big/file.bin']);
            const parts = await oss.listParts('big/file.bin', checkpoint.uploadId);
            assert.deepEqual([parts.parts].flat().map(p => p.PartNumber), ['1', '2']);
            const done = await oss.multipartUpload('big/file.bin', file, { checkpoint, partSize: 200 * 1024, mime: 'application/x-disk' });
            assert.match(done.etag, /^"[0-9A-F]{32}-6"$/);
            const got = await oss.get('big/file.bin');
            assert.ok(got.content.equals(bytes));
            assert.equal(got.res.headers['x-oss-object-type'], 'Multipart');
            assert.deepEqual((await oss.listUploads({ prefix: 'big/' })).uploads ?? [], []);
        });

        test('parts are copied, and uploads given up', async () => {
            const bytes = randomBytes(300 * 1024);
            await oss.put('source of parts', bytes);
            const copied = await oss.multipartUploadCopy('copied/in parts', { sourceKey: 'source of parts', sourceBucketName: bucket }, { partSize: 100 * 1024, parallel: 2 });
            assert.equal(copied.res.status, 200);
            assert.ok((await oss.get('copied/in parts')).content.equals(bytes));
            const { uploadId } = await oss.initMultipartUpload('given up');
            await oss.uploadPart('given up', uploadId, 1, join(folder, `${bucket}.parts`), 0, 102400);
            assert.equal((await oss.abortMultipartUpload('given up', uploadId)).res.status, 204);
            await assert.rejects(oss.listParts('given up', uploadId), { status: 404, code: 'NoSuchUpload' });
        });

        test('copies and appends', async () => {
            await oss.put("from 'here'/ü", Buffer.from('copied'));
            const copy = await oss.copy('to there', "from 'here'/ü");
            assert.equal(copy.data.etag, `"${md5('copied')}"`);
            assert.equal((await oss.get('to there')).content.toString(), 'copied');
            await assert.rejects(oss.copy('to there', 'no such key'), { status: 404 });
            const first = await oss.append('log', Buffer.from('one '));
            const second = await oss.append('log', Buffer.from('two'), { position: first.nextAppendPosition });
            assert.equal(second.nextAppendPosition, '7');
            assert.equal((await oss.get('log')).content.toString(), 'one two');
            await assert.rejects(oss.append('log', Buffer.from('x'), { position: 3 }), { status: 409, code: 'PositionNotEqualToLength' });
            await assert.rejects(oss.append('to there', Buffer.from('x'), { position: 6 }), { status: 409, code: 'ObjectNotAppendable' });
        });

        test('lists, and deletes many', async () => {
            const keys = ['list/a/1', 'list/a/2', 'list/b', "list/c '(*)!", 'list/中', 'list/é'];
            for (const key of keys) await oss.put(key, Buffer.from(key));
            const all = await oss.list({ prefix: 'list/', 'max-keys': 1000 });
            assert.deepEqual(all.objects.map(o => o.name), ['list/a/1', 'list/a/2', 'list/b', "list/c '(*)!", 'list/é', 'list/中']);
            assert.equal(all.objects[0].etag, `"${md5('list/a/1')}"`);
            assert.equal(all.objects[0].size, 8);
            const folders = await oss.list({ prefix: 'list/', delimiter: '/' });
            assert.deepEqual(folders.prefixes, ['list/a/']);
            const seen = [];
            let token;
            do {
                const page = await oss.listV2({ prefix: 'list/', 'max-keys': 2, 'continuation-token': token });
                seen.push(...page.objects.map(o => o.name));
                token = page.nextContinuationToken;
            } while (token);
            assert.deepEqual(seen, all.objects.map(o => o.name));
            assert.equal((await oss.listV2({ prefix: 'list/', 'fetch-owner': 'true', 'start-after': 'list/b', 'max-keys': 1 })).objects[0].owner.id.length, 16);
            const deleted = await oss.deleteMulti(keys);
            assert.deepEqual([deleted.deleted].flat().map(d => d.Key ?? d).sort(), [...keys].sort());
            assert.deepEqual((await oss.list({ prefix: 'list/' })).objects ?? [], []);
        });

        test('tags and ACLs of objects', async () => {
            await oss.put('tagged', Buffer.from('x'));
            await oss.putObjectTagging('tagged', { color: 'red', size: 'L' });
            assert.deepEqual((await oss.getObjectTagging('tagged')).tag, { color: 'red', size: 'L' });
            await oss.deleteObjectTagging('tagged');
            assert.deepEqual((await oss.getObjectTagging('tagged')).tag, {});
            await oss.putACL('tagged', 'public-read');
            assert.equal((await oss.getACL('tagged')).acl, 'public-read');
        });

        test('errors are the service\'s', async () => {
            await assert.rejects(oss.get('nothing'), { status: 404, code: 'NoSuchKey' });
            await assert.rejects(client(options, 'no-such-bucket-here').list(), { status: 404, code: 'NoSuchBucket' });
            await assert.rejects(client({ ...options, accessKeySecret: 'wrong' }, bucket).list(), { status: 403, code: 'SignatureDoesNotMatch' });
            await assert.rejects(client({ ...options, accessKeyId: 'nobody' }, bucket).list(), { status: 403, code: 'InvalidAccessKeyId' });
            const other = client({ ...options, accessKeyId: process.env.ECS_EMULATOR_OTHER_KEY_ID, accessKeySecret: process.env.ECS_EMULATOR_OTHER_KEY_SECRET }, bucket);
            await assert.rejects(other.list(), { status: 403, code: 'AccessDenied' });
            await assert.rejects(other.head('tagged-not'), { status: 403, code: 'AccessDenied' });
            await assert.rejects(other.putBucket(bucket), { status: 409, code: 'BucketAlreadyExists' });
            await assert.rejects(oss.deleteBucket(bucket), { status: 409, code: 'BucketNotEmpty' });
            await assert.rejects(oss.put('md5', Buffer.from('x'), { headers: { 'Content-MD5': '1B2M2Y8AsgTpgAmY7PhCfg==' } }), { status: 400, code: 'BadDigest' });
            await assert.rejects(oss.putBucketCORS(bucket, [{ allowedOrigin: '*', allowedMethod: 'GET' }]), { status: 501, code: 'NotImplemented' });
        });
    });
}

describe('presigned URLs', () => {
    const bucket = 'clients-urls';
    const oss = client({ endpoint: `http://oss-cn-hangzhou.aliyuncs.com:${server.port}`, agent }, bucket);

    before(() => oss.putBucket(bucket));

    test('of V1 read and write, and go stale', async () => {
        await oss.put(unicode, Buffer.from('signed'));
        const url = oss.signatureUrl(unicode, { expires: 60, response: { 'content-disposition': 'attachment; filename="a b.txt"' } });
        const got = await fetchUrl(url);
        assert.equal(got.status, 200);
        assert.equal(got.body.toString(), 'signed');
        assert.equal(got.headers['content-disposition'], 'attachment; filename="a b.txt"');
        const put = oss.signatureUrl('put by url', { method: 'PUT', expires: 60, 'Content-Type': 'text/plain' });
        assert.equal((await fetchUrl(put, { method: 'PUT', headers: { 'content-type': 'text/plain', 'content-length': 3 }, body: 'put' })).status, 200);
        assert.equal((await fetchUrl(put, { method: 'PUT', headers: { 'content-type': 'text/html', 'content-length': 3 }, body: 'put' })).status, 403);
        assert.equal((await oss.get('put by url')).content.toString(), 'put');
        assert.equal((await fetchUrl(url.replace('Signature=', 'Signature=A'))).status, 403);
        const stale = await fetchUrl(oss.signatureUrl(unicode, { expires: -10 }));
        assert.match(stale.body.toString(), /<Code>AccessDenied<\/Code>[\s\S]*Request has expired\./);
    });

    test('a GET of ?objectMeta has the headers that some clients read, and its size', async () => {
        const url = oss.signatureUrl('put by url', { expires: 60, subResource: { objectMeta: '' } });
        const got = await fetchUrl(url);
        assert.equal(got.status, 200);
        assert.equal(got.headers['content-length'], '3');
        assert.equal(got.headers.etag, `"${md5('put')}"`);
    });

    test('of V4 read and write', async () => {
        const url = await oss.signatureUrlV4('GET', 60, { queries: { 'response-content-type': 'text/x' } }, unicode);
        const got = await fetchUrl(url);
        assert.equal(got.body.toString(), 'signed');
        assert.equal(got.headers['content-type'], 'text/x');
        const put = await oss.signatureUrlV4('PUT', 60, { headers: { 'content-type': 'text/plain', 'x-oss-meta-a': 'b' } }, 'put by url 4');
        assert.equal((await fetchUrl(put, { method: 'PUT', headers: { 'content-type': 'text/plain', 'x-oss-meta-a': 'b', 'content-length': 3 }, body: 'put' })).status, 200);
        assert.deepEqual((await oss.head('put by url 4')).meta, { a: 'b' });
        assert.equal((await fetchUrl(url + '&x=1')).status, 403);
    });

    test('without a signature only what is public', async () => {
        const url = `http://${bucket}.oss-cn-hangzhou.aliyuncs.com:${server.port}/open`;
        await oss.put('open', Buffer.from('open'));
        assert.equal((await fetchUrl(url)).status, 403);
        await oss.putACL('open', 'public-read');
        assert.equal((await fetchUrl(url)).body.toString(), 'open');
        assert.equal((await fetchUrl(`http://127.0.0.1:${server.port}/${bucket}/open`)).body.toString(), 'open');
        assert.equal((await fetchUrl(`http://${bucket}.localhost:${server.port}/open`)).body.toString(), 'open');
    });
});

describe('other regions', () => {
    test('a bucket is reached at the endpoint of its region only', async () => {
        const at = region => client({ region, endpoint: `http://${region}.aliyuncs.com:${server.port}`, agent }, 'clients-beijing');
        await at('oss-cn-beijing').putBucket('clients-beijing');
        await at('oss-cn-beijing').put('x', Buffer.from('x'));
        await assert.rejects(at('oss-cn-hangzhou').get('x'), { status: 403, code: 'AccessDenied' });
    });
});

test('a stream of unknown length goes up in chunks', async () => {
    const oss = client({ endpoint: `http://localhost:${server.port}`, sldEnable: true }, 'clients-chunks');
    await oss.putBucket('clients-chunks');
    await oss.putStream('chunks', Readable.from([Buffer.alloc(100_000, 'a'), Buffer.alloc(100_000, 'b')]));
    const got = await oss.get('chunks');
    assert.equal(got.content.length, 200_000);
    assert.equal(got.content.toString('latin1', 99_999, 100_001), 'ab');
});
