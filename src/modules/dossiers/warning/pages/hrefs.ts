export const warningRulesPath = '/admin/warning-rules'
export const removeWarningRulePath = '/admin/warning-rules/remove'
