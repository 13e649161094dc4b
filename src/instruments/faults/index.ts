/** Misbehaviour on purpose: magic MatchingIDs, fault rules, conducts. */
export { conducts, interceptorsFor, type Conduct } from './conduct/index.js';
export { ConductSwitch } from './conduct/switch.js';
export { revokedSerialNumber } from './edits/defects.js';
export { Faults, type FaultsContext } from './fault-interceptor.js';
export type { ReportFault } from './actions/armed-action.js';
export { magicCodes, magicProblem } from './magic/codes.js';
export { steps, type MagicCode } from './magic/code.js';
export { ordersOnDemand } from './magic/order.js';
export { checkRule, FaultRuleError } from './rules/check.js';
export type { RuleProblem } from './rules/problem.js';
export { Fault } from './rules/fault.js';
export { ruleExamples, type RuleExample } from './rules/examples.js';
export { functionNames } from './rules/functions.js';
export { FaultFilter, FaultRule } from './rules/rule.js';
export { firstState, type Scenario } from './rules/scenarios.js';
export { faultsIn, type FaultRulesView } from './rules/in-namespace.js';
export { FaultRules } from './rules/fault-rules.js';
export { TlsFaults, tlsProblem, type ProvokedConnection } from './tls/tls-faults.js';
