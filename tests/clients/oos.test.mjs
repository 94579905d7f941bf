// OOS by the official generic client, as its documentation has it: Params, OpenApiRequest, callApi. There is no package for this product alone.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import OpenApi, { Config, OpenApiRequest, Params } from '@alicloud/openapi-client';
import Ecs from '@alicloud/ecs20140526';
import { RuntimeOptions } from '@alicloud/tea-util';

const server = new URL(process.env.ECS_EMULATOR);
const region = 'cn-hangzhou';
const template = 'ACS-ECS-UpdateImage';
const settings = {
    accessKeyId: process.env.ECS_EMULATOR_KEY_ID,
    accessKeySecret: process.env.ECS_EMULATOR_KEY_SECRET,
    endpoint: server.host,
    protocol: 'HTTP',
    regionId: region,
};
const client = new OpenApi.default(new Config(settings));
const ecs = new Ecs.default(settings);

async function oos(action, query = {}) {
    const params = new Params({
        action,
        version: '2019-06-01',
        protocol: 'HTTP',
        pathname: '/',
        method: 'POST',
        authType: 'AK',
        style: 'RPC',
        reqBodyType: 'json',
        bodyType: 'json',
    });
    const answer = await client.callApi(params, new OpenApiRequest({ query: { RegionId: region, ...query } }), new RuntimeOptions({}));
    assert.equal(answer.statusCode, 200);
    assert.match(answer.body.RequestId, /^[0-9A-F-]{36}$/);
    return answer.body;
}

async function refused(promise, statusCode, code, words) {
    await assert.rejects(promise, error => {
        assert.equal(error.code, code);
        assert.equal(error.data.statusCode, statusCode);
        assert.match(error.message, words);
        return true;
    });
}

const start = (parameters, more = {}) => oos('StartExecution', { TemplateName: template, Parameters: JSON.stringify(parameters), ...more });
const show = async id => (await oos('ListExecutions', { ExecutionId: id })).Executions[0];

async function ended(id) {
    for (const until = Date.now() + 30_000; Date.now() < until;) {
        const execution = await show(id);
        if (['Success', 'Failed', 'Cancelled'].includes(execution.Status)) return execution;
    }
    assert.fail(`${id} has not ended within 30 s`);
}

let source;
before(async () => {
    const images = await ecs.describeImages(new Ecs.DescribeImagesRequest({ regionId: region, imageOwnerAlias: 'system', OSType: 'linux', architecture: 'x86_64' }));
    source = images.body.images.image[0].imageId;
});

describe('An execution of ACS-ECS-UpdateImage', () => {
    let execution, image;
    before(async () => {
        const started = (await start({ sourceImageId: source, instanceType: 'ecs.g7.large', targetImageName: 'oos-updated', tags: [{ Key: 'by', Value: 'oos' }] },
            { Description: 'nightly', Tags: JSON.stringify({ team: 'web' }), ClientToken: 'oos-night-1' })).Execution;
        assert.match(started.ExecutionId, /^exec-/);
        assert.equal(started.TemplateName, template);
        assert.equal(JSON.parse(started.Parameters).sourceImageId, source);
        execution = await ended(started.ExecutionId);
        assert.equal(execution.Status, 'Success', execution.StatusMessage);
        image = JSON.parse(execution.Outputs).imageId;
    });
    after(() => ecs.deleteImage(new Ecs.DeleteImageRequest({ regionId: region, imageId: image })));

    test('yields an image with the name and the tags that were asked for', async () => {
        const { images } = (await ecs.describeImages(new Ecs.DescribeImagesRequest({ regionId: region, imageId: image }))).body;
        assert.equal(images.image[0].imageName, 'oos-updated');
        assert.equal(images.image[0].status, 'Available');
        assert.deepEqual(images.image[0].tags.tag.map(t => [t.tagKey, t.tagValue]), [['by', 'oos']]);
    });

    test('leaves no instance behind', async () => {
        const { instances } = (await ecs.describeInstances(new Ecs.DescribeInstancesRequest({ regionId: region, imageId: source }))).body;
        assert.deepEqual(instances.instance, []);
    });

    test('went through the tasks of the template in their order', async () => {
        const { TaskExecutions } = await oos('ListTaskExecutions', { ExecutionId: execution.ExecutionId, SortOrder: 'Ascending' });
        assert.deepEqual(TaskExecutions.filter(t => t.Status !== 'Skipped').map(t => [t.TaskName, t.TaskAction, t.Status]), [
            ['checkNewImageName', 'ACS::CheckFor', 'Success'],
            ['runInstances', 'ACS::ECS::RunInstances', 'Success'],
            ['installCloudAssistant', 'ACS::ECS::InstallCloudAssistant', 'Success'],
            ['runCommand', 'ACS::ECS::RunCommand', 'Success'],
            ['stopInstance', 'ACS::ECS::StopInstance', 'Success'],
            ['createImage', 'ACS::ECS::CreateImage', 'Success'],
            ['deleteInstance', 'ACS::ExecuteAPI', 'Success'],
        ]);
        assert.deepEqual(TaskExecutions.filter(t => t.Status === 'Skipped').map(t => t.TaskName), ['createStack', 'untilStackReady', 'configurePackage', 'deleteStack']);
        assert.equal(JSON.parse(TaskExecutions.find(t => t.TaskName === 'createImage').Outputs).imageId, image);
    });

    test('says in output and log that nothing was executed inside the machine', async () => {
        const { TaskExecutions: [task] } = await oos('ListTaskExecutions', { ExecutionId: execution.ExecutionId, TaskName: 'runCommand' });
        assert.match(JSON.parse(task.Outputs).commandOutput, /Nothing was executed inside i-/);
        const { ExecutionLogs } = await oos('ListExecutionLogs', { ExecutionId: execution.ExecutionId, TaskExecutionId: task.TaskExecutionId });
        assert.ok(ExecutionLogs.some(l => /Nothing was executed inside i-/.test(l.Message)));
        assert.ok(ExecutionLogs.every(l => l.LogType === 'System' && l.TaskExecutionId === task.TaskExecutionId));
    });

    test('is found by its tags, its description and its state', async () => {
        const { Executions, TotalCount } = await oos('ListExecutions', { Tags: JSON.stringify({ team: 'web' }), Description: 'nightly', Status: 'Success', MaxResults: 10 });
        assert.deepEqual([Executions.map(e => e.ExecutionId), TotalCount], [[execution.ExecutionId], 1]);
        assert.deepEqual(Executions[0].Tags, { team: 'web' });
        assert.equal(Executions[0].Parameters.targetImageName, 'oos-updated');
    });

    test('is started once for one client token', async () => {
        const again = await start({ sourceImageId: source, instanceType: 'ecs.g7.large', targetImageName: 'oos-updated', tags: [{ Key: 'by', Value: 'oos' }] },
            { Description: 'nightly', Tags: JSON.stringify({ team: 'web' }), ClientToken: 'oos-night-1' });
        assert.equal(again.Execution.ExecutionId, execution.ExecutionId);
        await refused(start({ sourceImageId: source, instanceType: 'ecs.g7.large' }, { ClientToken: 'oos-night-1' }), 400, 'IdempotentParameterMismatch', /ClientToken|[Tt]oken/);
    });

    test('cannot be cancelled any more', () =>
        refused(oos('CancelExecution', { ExecutionId: execution.ExecutionId }), 400, 'InvalidParameter', /has ended: Success/));

    test('fails a second time, as an image has the name now', async () => {
        const second = await ended((await start({ sourceImageId: source, instanceType: 'ecs.g7.large', targetImageName: 'oos-updated' })).Execution.ExecutionId);
        assert.equal(second.Status, 'Failed');
        assert.match(second.StatusMessage, /checkNewImageName failed.*an image has that name/);
    });
});

const vpcs = async () => (await oosEcs('DescribeVpcs')).Vpcs.Vpc.filter(v => !v.IsDefault);
const instances = async () => (await ecs.describeInstances(new Ecs.DescribeInstancesRequest({ regionId: region }))).body.instances.instance.map(i => i.instanceId).sort();

// DescribeVpcs of ECS is in no package any more.
async function oosEcs(action) {
    const params = new Params({ action, version: '2014-05-26', protocol: 'HTTP', pathname: '/', method: 'POST', authType: 'AK', style: 'RPC', reqBodyType: 'json', bodyType: 'json' });
    return (await client.callApi(params, new OpenApiRequest({ query: { RegionId: region } }), new RuntimeOptions({}))).body;
}

test('A package is installed in a network that is made for the time', async () => {
    const before = await instances();
    const execution = await ended((await start({
        sourceImageId: source, instanceType: 'ecs.g7.large', targetImageName: 'oos-package', whetherCreateVpc: true, vpcCidrBlock: '10.1.0.0/16', vSwitchCidrBlock: '10.1.2.0/24',
        updateType: 'InstallPackage', packageName: 'ACS-Extension-node', packageVersion: 'v1', parameters: { proxy: true },
    })).Execution.ExecutionId);
    assert.equal(execution.Status, 'Success', execution.StatusMessage);
    assert.match(execution.StatusMessage, /The package ACS-Extension-node v1 was to be installed\. Nothing was executed inside i-/);
    const { TaskExecutions } = await oos('ListTaskExecutions', { ExecutionId: execution.ExecutionId, SortOrder: 'Ascending' });
    assert.deepEqual(TaskExecutions.filter(t => t.Status === 'Skipped').map(t => t.TaskName), ['runCommand']);
    assert.deepEqual(await vpcs(), []);
    assert.deepEqual(await instances(), before);
    await ecs.deleteImage(new Ecs.DeleteImageRequest({ regionId: region, imageId: JSON.parse(execution.Outputs).imageId }));
});

describe('A task that cannot be done fails the execution in its own words and leaves nothing:', () => {
    const cases = [
        ['createStack', { whetherCreateVpc: true, vSwitchCidrBlock: '172.16.0.0/24' }, /VSwitchCidrBlock/],
        ['runInstances', { whetherCreateVpc: true, ramRoleName: 'nobody' }, /InvalidRamRole\.NotFound/],
        ['runInstances', { vSwitchId: 'vsw-none', securityGroupId: 'sg-none' }, /InvalidVSwitchId\.NotFound/],
        ['runCommand', { whetherCreateVpc: true, commandType: 'RunPowerShellScript' }, /RunPowerShellScript does not run on linux/],
        ['configurePackage', { updateType: 'InstallPackage' }, /packageName/],
        ['createImage', { whetherCreateVpc: true, tags: [{ Value: 'no key' }] }, /tags/],
    ];
    for (const [task, parameters, words] of cases) test(`${task} with ${JSON.stringify(parameters)}`, async () => {
        const before = await instances();
        const failed = await ended((await start({ sourceImageId: source, instanceType: 'ecs.g7.large', targetImageName: 'oos-failed', ...parameters })).Execution.ExecutionId);
        assert.equal(failed.Status, 'Failed');
        assert.ok(failed.StatusMessage.startsWith(`The task ${task} failed. `), failed.StatusMessage);
        assert.match(failed.StatusMessage, words);
        const { TaskExecutions } = await oos('ListTaskExecutions', { ExecutionId: failed.ExecutionId, Status: 'Failed' });
        assert.deepEqual(TaskExecutions.map(t => t.TaskName), [task]);
        const { ExecutionLogs } = await oos('ListExecutionLogs', { ExecutionId: failed.ExecutionId, TaskExecutionId: TaskExecutions[0].TaskExecutionId });
        assert.match(ExecutionLogs.at(-1).Message, words);
        assert.deepEqual([await instances(), await vpcs()], [before, []]);
        const { images } = (await ecs.describeImages(new Ecs.DescribeImagesRequest({ regionId: region, imageOwnerAlias: 'self', imageName: 'oos-failed', status: 'ALL' }))).body;
        assert.deepEqual(images.image, []);
    });
});

test('A log comes in pages from the first line to the last', async () => {
    const id = (await ended((await start({ sourceImageId: 'm-none', instanceType: 'ecs.g7.large' })).Execution.ExecutionId)).ExecutionId;
    const lines = [];
    for (let token; ;) {
        const page = await oos('ListExecutionLogs', { ExecutionId: id, MaxResults: 3, ...(token ? { NextToken: token } : {}) });
        lines.push(...page.ExecutionLogs.map(l => l.Message));
        if (!page.IsTruncated) break;
        token = page.NextToken;
    }
    assert.match(lines[0], /was accepted/);
    assert.equal(lines.at(-1), 'The execution ended: Failed.');
});

// The emulator's time never runs backwards: set back, its clock stands still for so long, and work with it.
async function moveClock(seconds) {
    const answer = await fetch(new URL('/_emulator/clock', server), {
        method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ advanceSeconds: seconds }),
    });
    assert.equal(answer.status, 200, await answer.text());
}

test('An execution that is cancelled under way ends as Cancelled and makes no image', async () => {
    await moveClock(-20);
    let id;
    try {
        id = (await start({ sourceImageId: source, instanceType: 'ecs.g7.large', targetImageName: 'oos-cancelled' })).Execution.ExecutionId;
        assert.equal((await show(id)).Status, 'Started');
        await oos('CancelExecution', { ExecutionId: id });
    } finally {
        await moveClock(20);
    }
    assert.equal((await ended(id)).Status, 'Cancelled');
    const { images } = (await ecs.describeImages(new Ecs.DescribeImagesRequest({ regionId: region, imageOwnerAlias: 'self', imageName: 'oos-cancelled', status: 'ALL' }))).body;
    assert.deepEqual(images.image, []);
});

test('A launch that is refused shows in the message, the task and the log', async () => {
    const failed = await ended((await start({ sourceImageId: source, instanceType: 'ecs.g8y.large' })).Execution.ExecutionId);
    assert.equal(failed.Status, 'Failed');
    assert.match(failed.StatusMessage, /The task runInstances failed\. InvalidInstanceType\.NotSupported/);
    const { TaskExecutions: [task] } = await oos('ListTaskExecutions', { ExecutionId: failed.ExecutionId, Status: 'Failed' });
    assert.equal(task.TaskName, 'runInstances');
    const { ExecutionLogs } = await oos('ListExecutionLogs', { ExecutionId: failed.ExecutionId });
    assert.ok(ExecutionLogs.some(l => /runInstances failed/.test(l.Message)));
});

test('Executions come in pages', async () => {
    for (let i = 0; i < 11; i++) await start({ sourceImageId: 'm-none', instanceType: 'ecs.g7.large' }, { Description: 'many' });
    const seen = [];
    for (let token = ''; ;) {
        const page = await oos('ListExecutions', { Description: 'many', MaxResults: 10, NextToken: token });
        assert.equal(page.TotalCount, 11);
        assert.equal(page.MaxResults, 10);
        seen.push(...page.Executions.map(e => e.ExecutionId));
        if (!(token = page.NextToken)) break;
    }
    assert.equal(new Set(seen).size, 11);
    assert.equal(seen.length, 11);
});

test('The template can be read, and lists its parameters', async () => {
    const { Template, Content } = await oos('GetTemplate', { TemplateName: template });
    assert.deepEqual([Template.TemplateName, Template.ShareType, Template.TemplateFormat], [template, 'Public', 'JSON']);
    assert.deepEqual(Object.entries(JSON.parse(Content).Parameters).filter(([, p]) => !('Default' in p)).map(([name]) => name), ['sourceImageId', 'instanceType']);
});

describe('The emulator refuses', () => {
    const good = JSON.stringify({ sourceImageId: 'm-1', instanceType: 'ecs.g7.large' });
    const cases = [
        ['an unknown template', 404, 'EntityNotExists.Template', /ACS-ECS-Nothing/, () => start({}, { TemplateName: 'ACS-ECS-Nothing' })],
        ['an unknown execution', 404, 'EntityNotExists.Execution', /exec-none/, () => oos('CancelExecution', { ExecutionId: 'exec-none' })],
        ['parameters that are no JSON', 400, 'InvalidParameter', /Parameters/, () => start({}, { Parameters: 'a=b' })],
        ['a parameter that the template does not have', 400, 'InvalidParameter', /Parameters\.colour/, () => start({ colour: 'red' })],
        ['a missing parameter of the template', 400, 'MissingParameter', /Parameters\.sourceImageId/, () => start({ instanceType: 'ecs.g7.large' })],
        ['a mode that waits for somebody', 400, 'InvalidParameter', /Debug/, () => start({}, { Parameters: good, Mode: 'Debug' })],
        ['a template of one\'s own', 400, 'InvalidParameter', /TemplateContent/, () => oos('StartExecution', { TemplateContent: '{}' })],
        ['a page that is too small', 400, 'InvalidParameter', /MaxResults/, () => oos('ListExecutions', { MaxResults: 5 })],
        ['a parameter that the operation does not have', 400, 'InvalidParameter', /Colour/, () => oos('ListExecutions', { Colour: 'red' })],
    ];
    for (const [what, status, code, words, call] of cases) test(what, () => refused(call(), status, code, words));
});
