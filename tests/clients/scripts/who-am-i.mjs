// Says who the official clients are, with the credentials that CREDENTIAL describes, or that they find by themselves. Prints JSON.
import Credentials from '@alicloud/credentials';
import Ecs from '@alicloud/ecs20140526';
import { Config } from '@alicloud/openapi-client';
import Core from '@alicloud/pop-core';

const settings = process.env.CREDENTIAL ? new Credentials.Config(JSON.parse(process.env.CREDENTIAL)) : null;
const credential = new Credentials.default(settings);
const { accessKeyId, accessKeySecret, securityToken } = await credential.getCredential();
const who = await new Core({ accessKeyId, accessKeySecret, securityToken, endpoint: process.env.ECS_EMULATOR, apiVersion: '2015-04-01' }).request('GetCallerIdentity', {});
const ecs = new Ecs.default(new Config({ credential, endpoint: new URL(process.env.ECS_EMULATOR).host, protocol: 'HTTP', regionId: 'cn-hangzhou' }));
const regions = await ecs.describeRegions(new Ecs.DescribeRegionsRequest({}));
console.log(JSON.stringify({ arn: who.Arn, regions: regions.body.regions.region.length }));
