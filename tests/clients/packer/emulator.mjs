// An emulator of one's own, so fast that whatever is awaited is there at the first look: Packer looks every 5 seconds.
import { spawn } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import popCore from '@alicloud/pop-core';

const here = dirname(fileURLToPath(import.meta.url));

function findBuild() {
    if (process.env.ECS_EMULATOR_DLL) return resolve(process.env.ECS_EMULATOR_DLL);
    return ['Debug', 'Release']
        .map(c => join(here, '../../../src/EcsImages.Emulator/bin', c, 'net10.0/EcsImages.Emulator.dll'))
        .filter(existsSync)
        .sort((a, b) => statSync(b).mtimeMs - statSync(a).mtimeMs)[0];
}

export async function startEmulator(speed = 100_000) {
    const child = spawn('dotnet', [findBuild(), '--port', '0', '--ephemeral', '--speed', String(speed)], { stdio: ['ignore', 'pipe', 'inherit'] });
    const origin = await new Promise((found, failed) => {
        child.once('error', failed);
        child.once('exit', code => failed(new Error(`The emulator ended with ${code} before it served.`)));
        createInterface({ input: child.stdout }).on('line', line => {
            if (line.startsWith('Listening on ')) found(line.slice('Listening on '.length).replace(/\/$/, ''));
        });
    });
    return new Emulator(child, origin);
}

class Emulator {
    #child;

    constructor(child, origin) {
        this.#child = child;
        this.origin = origin;
    }

    async control(method, path, body) {
        const reply = await fetch(`${this.origin}/_emulator/${path}`, {
            method,
            headers: body === undefined ? {} : { 'Content-Type': 'application/json' },
            body: body === undefined ? undefined : JSON.stringify(body),
        });
        if (!reply.ok) throw new Error(`${method} ${path}: ${reply.status} ${await reply.text()}`);
        return reply;
    }

    /** An account of that name, with a key of its own: what others do does not show in it. */
    async account(name) {
        const key = { accessKeyId: `LTAIpacker${name}`, accessKeySecret: `packer-secret-${name}` };
        const { accountId } = await (await this.control('POST', 'accounts', { name: `packer-${name}`, ...key })).json();
        return new Account(this.origin, key, accountId);
    }

    stop() {
        return new Promise(done => {
            this.#child.once('exit', done);
            this.#child.kill('SIGTERM');
        });
    }
}

class Account {
    constructor(origin, key, id) {
        Object.assign(this, { key, id });
        this.client = new popCore.RPCClient({ ...key, endpoint: origin, apiVersion: '2014-05-26' });
    }

    call(action, parameters = {}) {
        return this.client.request(action, { RegionId: 'cn-hangzhou', ...parameters }, { method: 'POST' });
    }

    async images(RegionId = 'cn-hangzhou') {
        return (await this.call('DescribeImages', { RegionId, ImageOwnerAlias: 'self', Status: 'Creating,Waiting,Available,UnAvailable,CreateFailed', PageSize: 100 })).Images.Image;
    }

    async snapshots(RegionId = 'cn-hangzhou') {
        return (await this.call('DescribeSnapshots', { RegionId, PageSize: 100 })).Snapshots.Snapshot;
    }

    /** What costs money or stands in the way, by kind; a clean account has none. */
    async leftovers() {
        const [instances, disks, addresses, vpcs, switches, groups, pairs] = await Promise.all([
            this.call('DescribeInstances').then(r => r.Instances.Instance.map(i => i.InstanceId)),
            this.call('DescribeDisks').then(r => r.Disks.Disk.map(d => d.DiskId)),
            this.call('DescribeEipAddresses').then(r => r.EipAddresses.EipAddress.map(e => e.AllocationId)),
            this.call('DescribeVpcs').then(r => r.Vpcs.Vpc.map(v => v.VpcId)),
            this.call('DescribeVSwitches').then(r => r.VSwitches.VSwitch.map(v => v.VSwitchId)),
            this.call('DescribeSecurityGroups').then(r => r.SecurityGroups.SecurityGroup.map(g => g.SecurityGroupId)),
            this.call('DescribeKeyPairs').then(r => r.KeyPairs.KeyPair.map(p => p.KeyPairName)),
        ]);
        return Object.fromEntries(Object.entries({ instances, disks, addresses, vpcs, switches, groups, pairs }).filter(([, all]) => all.length > 0));
    }
}
