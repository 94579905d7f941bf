// OSS that fails on demand, and how ali-oss sees it; what was asked stands in the request log.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import OSS from 'ali-oss';
import { control, startEmulator } from './support/emulator.mjs';

const key = ['LTAIossFaultsKey', 'ossFaultsSecret', 'faults'];
let emulator, oss;

before(async () => {
    emulator = await startEmulator({ keys: [key], options: ['--no-clock-check'] });
    oss = new OSS({
        accessKeyId: key[0], accessKeySecret: key[1], region: 'oss-cn-hangzhou', authorizationV4: true, sldEnable: true,
        endpoint: `http://localhost:${new URL(emulator.address).port}`,
    });
    await oss.putBucket('faulty');
    oss.useBucket('faulty');
    await oss.put('a.txt', Buffer.alloc(300_000, 'x'));
});

after(() => emulator.stop());

const ask = fault => control(emulator.address, 'POST', 'faults', { product: 'oss', count: 1, ...fault });

describe('a fault', () => {
    test('throttles one call', async () => {
        await ask({ kind: 'Throttle', operation: 'GetObject' });
        await assert.rejects(oss.get('a.txt'), error => error.status === 503 && error.code === 'QpsLimitExceeded');
        assert.equal((await oss.get('a.txt')).content.length, 300_000);
    });

    test('fails with the code that is asked for', async () => {
        await ask({ kind: 'Error', operation: 'PutObject', code: 'AccessDenied', status: 403 });
        await assert.rejects(oss.put('b.txt', Buffer.from('b')), error => error.status === 403 && error.code === 'AccessDenied');
        await assert.rejects(oss.head('b.txt'), error => error.status === 404);
    });

    test('cuts a body off in the middle', async () => {
        await ask({ kind: 'Truncate', operation: 'GetObject' });
        await assert.rejects(oss.get('a.txt'));
    });

    test('loses the reply of what was carried out', async () => {
        await ask({ kind: 'DropReply', operation: 'PutObject' });
        await assert.rejects(oss.put('c.txt', Buffer.from('c')));
        assert.equal((await oss.get('c.txt')).content.toString(), 'c');
    });

    test('breaks a connection before the call is looked at', async () => {
        await ask({ kind: 'Reset', operation: 'PutObject' });
        await assert.rejects(oss.put('d.txt', Buffer.from('d')));
        await assert.rejects(oss.head('d.txt'), error => error.status === 404);
    });
});

test('the log has the operations with bucket and key, and no whole key id', async () => {
    const log = await control(emulator.address, 'GET', 'requests?product=oss&operation=PutObject');
    assert.ok(log.some(r => r.parameters === 'Bucket=faulty Key=a.txt' && r.status === 200));
    assert.ok(log.some(r => r.fault === 'DropReply'));
    assert.ok(!JSON.stringify(log).includes(key[0]));
});

test('with no check of the clock, a day makes no difference', async () => {
    await control(emulator.address, 'POST', 'clock', { advanceSeconds: 86_400 });
    assert.equal((await oss.head('a.txt')).status, 200);
});
