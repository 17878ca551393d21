'use strict'

const TEST = '\\.test\\.ts$'

/**
 * One rule per floor of a folder. `names` lists the floors, the lowest first; a floor may not import from a floor above
 * it.
 * `[^/]+` stands for the folder's own files.
 */
const floors = (folder, names) =>
  names.slice(0, -1).map((name, index) => {
    const pathOf = (floor) => `^${folder}/${floor}${floor === '[^/]+' ? '$' : '/'}`
    const above = names
      .slice(index + 1)
      .map(pathOf)
      .join('|')
    return {
      name: `${folder}-floor-${index + 1}`,
      severity: 'error',
      from: { path: pathOf(name), pathNot: TEST },
      to: { path: above },
    }
  })

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: 'no-circular',
      comment: 'If two modules need each other, merge them, or move what both need into a third.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'resolvable',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
    {
      name: 'bundle-without-tools',
      comment: 'Deployed code may only import packages that package.json lists as dependencies.',
      severity: 'error',
      from: { path: '^(src/|integration\\.definition\\.ts)', pathNot: TEST },
      to: { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'] },
    },
    {
      name: 'livechat-knows-no-platform',
      comment: "LiveChat's client does not know who calls it.",
      severity: 'error',
      from: { path: '^src/livechat/' },
      to: { path: '^src/(?!livechat/|shared/)|node_modules/@(botpress|bpinternal)/' },
    },
    {
      name: 'definitions-stand-alone',
      severity: 'error',
      from: { path: '^src/definitions/' },
      to: { path: '^src/(?!definitions/)' },
    },
    {
      name: 'shared-knows-nobody',
      severity: 'error',
      from: { path: '^src/shared/', pathNot: TEST },
      to: { path: '^src/(?!shared/)' },
    },
    {
      name: 'content-is-pure',
      comment: 'Conversions may know LiveChat’s schemas and the platform’s types, but no sessions and no calls.',
      severity: 'error',
      from: { path: '^src/content/', pathNot: TEST },
      to: { path: '^src/(?!content/|livechat/|shared/|definitions/|bp\\.ts$)' },
    },
    {
      name: 'content-directions-apart',
      comment: 'What an agent reads and what an end user reads are changed for different reasons.',
      severity: 'error',
      from: { path: '^src/content/(to-agent|to-end-user)/', pathNot: TEST },
      to: { path: '^src/content/(to-agent|to-end-user)/', pathNot: '^src/content/$1/' },
    },
    {
      name: 'operation-below-sessions',
      comment: 'Every entry point runs inside an operation. The operation does not know what runs in it.',
      severity: 'error',
      from: { path: '^src/operation/', pathNot: TEST },
      to: { path: '^src/(?!operation/|livechat/|shared/|definitions/|bp\\.ts$)' },
    },
    {
      name: 'customers-below-sessions',
      severity: 'error',
      from: { path: '^src/customers/', pathNot: TEST },
      to: { path: '^src/(index\\.ts|setup/|webhook/|actions/|channels/|session/)' },
    },
    {
      name: 'session-below-doors',
      severity: 'error',
      from: { path: '^src/session/', pathNot: TEST },
      to: { path: '^src/(index\\.ts|setup/|webhook/|actions/|channels/)' },
    },
    ...floors('src/session', ['[^/]+', 'agents', 'relay', 'end', 'catch-up', 'after-end', 'start']),
    {
      name: 'webhook-setup-below-checks',
      comment: 'The checks know which webhooks an installation wants. Setting up the webhooks uses no check.',
      severity: 'error',
      from: { path: '^src/setup/webhooks/', pathNot: TEST },
      to: { path: '^src/setup/(?!webhooks/)' },
    },
    {
      name: 'doors-apart',
      comment:
        'Setup, webhook, actions and channels do not import each other: src/index.ts joins them, and shared code is in the folders below. Exception: setup/checks, because an action runs the checks and webhooks record when they last arrived.',
      severity: 'error',
      from: { path: '^src/(setup|webhook|actions|channels)/', pathNot: TEST },
      to: { path: '^src/(index\\.ts|(setup|webhook|actions|channels)/)', pathNot: '^src/($1|setup/checks)/' },
    },
    {
      name: 'siblings-apart',
      comment: 'One file per event, action or message type: each can be read and changed without the others.',
      severity: 'error',
      from: { path: '^src/(webhook/events|actions|channels/messages)/', pathNot: TEST },
      to: { path: '^src/$1/' },
    },
    {
      name: 'src-stands-alone',
      severity: 'error',
      from: { path: '^(src/|integration\\.definition\\.ts)', pathNot: TEST },
      to: { path: '^(sandbox|tools|scripts|bench|weather|test)/' },
    },
    {
      name: 'sandbox-runs-the-bundle',
      comment:
        'The sandbox shares no schema with src/. Otherwise both would share a wrong belief, and no test would find it.',
      severity: 'error',
      from: { path: '^sandbox/' },
      to: { path: '^src/' },
    },
    {
      name: 'page-is-a-client',
      comment: 'The page knows only the addresses of the control server, and one file of types.',
      severity: 'error',
      from: { path: '^sandbox/web/' },
      to: { path: '^(sandbox|src|tools|scripts|bench|weather|test)/', pathNot: '^sandbox/(web/|control/views\\.ts$)' },
    },
    {
      name: 'emulators-apart',
      severity: 'error',
      from: { path: '^sandbox/(livechat|botpress)/' },
      to: { path: '^sandbox/(livechat|botpress)/', pathNot: '^sandbox/$1/' },
    },
    {
      name: 'sandbox-below-commands',
      comment: 'Commands and benchmarks use the sandbox. The sandbox uses none of them.',
      severity: 'error',
      from: { path: '^sandbox/' },
      to: { path: '^(scripts|bench|weather)/' },
    },
    {
      name: 'weather-plays-both',
      comment: 'The simulation runs src/ between the emulators. Commands and benchmarks do not belong to it.',
      severity: 'error',
      from: { path: '^weather/' },
      to: { path: '^(scripts|bench)/' },
    },
    {
      name: 'judge-believes-vendors',
      comment: 'What is judged by must come from people and vendors, and not from what src/ says of itself.',
      severity: 'error',
      from: { path: '^weather/check/' },
      to: { path: '^src/' },
    },
    ...floors('weather', ['plan', 'world', 'check', 'report', '[^/]+']),
    {
      name: 'tools-stand-alone',
      comment: 'Sandbox, commands, benchmarks and tests build with tools/. It uses none of them.',
      severity: 'error',
      from: { path: '^tools/' },
      to: { path: '^(sandbox|scripts|bench|weather|test)/' },
    },
    {
      name: 'sandbox-without-tests',
      severity: 'error',
      from: { path: '^(sandbox|tools|scripts|weather)/', pathNot: TEST },
      to: { path: `^test/|${TEST}` },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^dist/' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
}
