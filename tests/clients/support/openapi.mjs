// The generic client, for products that have no package of their own.
import OpenApi from '@alicloud/openapi-client';
import OpenApiUtil from '@alicloud/openapi-util';
import Util from '@alicloud/tea-util';

/** Calls as the samples of OpenAPI Explorer do: query and form parameters are objects, lists of objects among them. */
export function genericClient({ keyId, keySecret, securityToken, address = process.env.ECS_EMULATOR, version, ...more }) {
    const client = new OpenApi.default(new OpenApi.Config({
        accessKeyId: keyId, accessKeySecret: keySecret, securityToken, endpoint: new URL(address).host, protocol: 'HTTP', regionId: 'cn-hangzhou', ...more,
    }));
    return async (action, { query, body, method = 'POST', runtime } = {}) => {
        const parameters = new OpenApi.Params({
            action, version, method, protocol: 'HTTP', authType: 'AK', style: 'RPC', pathname: '/', reqBodyType: 'formData', bodyType: 'json',
        });
        const request = new OpenApi.OpenApiRequest({
            query: query && OpenApiUtil.default.query(query),
            body: body && OpenApiUtil.default.query(body),
        });
        const reply = await client.callApi(parameters, request, new Util.RuntimeOptions(runtime ?? {}));
        return reply.body;
    };
}
