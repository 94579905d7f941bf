// The SDK's models: filled from plain objects as its samples fill them, and held to what they say of themselves.
import assert from 'node:assert/strict';

/** An instance of the model, its parts too. A property that the model does not have is a mistake of the test. */
export function fill(Model, plain) {
    const types = Model.types();
    const filled = new Model({});
    for (const [name, value] of Object.entries(plain)) {
        assert.ok(name in types, `${Model.name} has no ${name}`);
        filled[name] = part(types[name], value);
    }
    return filled;
}

function part(type, value) {
    if (value === undefined || value === null) return value;
    if (typeof type === 'function') return fill(type, value);
    if (type?.type === 'array') return value.map(item => part(type.itemType, item));
    return value;
}

/** Fails unless a reply is what its model documents: no field that it does not know, and each of its type. */
export function assertDocumented(model, raw, path = model.constructor.name) {
    const [names, types] = [model.constructor.names(), model.constructor.types()];
    const known = new Set(Object.values(names));
    for (const name of Object.keys(raw)) assert.ok(known.has(name), `${path} has no documented field ${name}`);
    for (const [name, wire] of Object.entries(names)) {
        if (raw[wire] === undefined) continue;
        assertType(types[name], raw[wire], model[name], `${path}.${wire}`);
    }
}

function assertType(type, raw, value, path) {
    if (typeof type === 'function') {
        assert.ok(value instanceof type, `${path} is ${JSON.stringify(raw)}, not a ${type.name}`);
        assertDocumented(value, raw, path);
    } else if (type?.type === 'array') {
        assert.ok(Array.isArray(raw), `${path} is ${JSON.stringify(raw)}, not an array`);
        raw.forEach((item, i) => assertType(type.itemType, item, value[i], `${path}[${i}]`));
    } else if (type?.type === 'map') {
        assert.ok(typeof raw === 'object' && !Array.isArray(raw), `${path} is ${JSON.stringify(raw)}, not a map`);
    } else if (type !== 'any') {
        assert.equal(typeof raw, type, `${path} is ${JSON.stringify(raw)}`);
        if (path.endsWith('Time') && raw !== '') assert.ok(!Number.isNaN(Date.parse(raw)), `${path} is ${raw}, no date`);
    }
}
