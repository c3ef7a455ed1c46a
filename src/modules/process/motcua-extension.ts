import { BpmnModdle } from 'bpmn-moddle'

/**
 * The attributes that this program adds to BPMN 2.0, namespace `urn:motcua:bpmn:1`. Documented for process designers in
 * `definitions/README.md`. Other tools keep them untouched, as the standard asks of foreign attributes.
 */
export const motcuaDescriptor = {
  name: 'Motcua',
  uri: 'urn:motcua:bpmn:1',
  prefix: 'motcua',
  xml: { tagAlias: 'lowerCase' },
  types: [
    { name: 'Labelled', isAbstract: true, extends: ['bpmn:BaseElement'], properties: [{ name: 'labelEn', isAttr: true, type: 'String' }] },
    { name: 'Limited', isAbstract: true, extends: ['bpmn:Process', 'bpmn:UserTask', 'bpmn:ManualTask'], properties: [{ name: 'limit', isAttr: true, type: 'String' }] },
    {
      name: 'Work', isAbstract: true, extends: ['bpmn:UserTask', 'bpmn:ManualTask'],
      properties: [{ name: 'role', isAttr: true, type: 'String' }, { name: 'act', isAttr: true, type: 'String' }],
    },
    { name: 'Automatic', isAbstract: true, extends: ['bpmn:ServiceTask'], properties: [{ name: 'service', isAttr: true, type: 'String' }] },
    {
      name: 'Deciding', isAbstract: true, extends: ['bpmn:BusinessRuleTask'],
      properties: [{ name: 'decision', isAttr: true, type: 'String' }, { name: 'resultVariable', isAttr: true, type: 'String' }],
    },
    { name: 'Several', isAbstract: true, extends: ['bpmn:MultiInstanceLoopCharacteristics'], properties: [{ name: 'items', isAttr: true, type: 'String' }] },
    { name: 'Timed', isAbstract: true, extends: ['bpmn:CatchEvent'], properties: [{ name: 'workingTime', isAttr: true, type: 'Boolean' }] },
    { name: 'Choice', isAbstract: true, extends: ['bpmn:SequenceFlow'], properties: [{ name: 'outcome', isAttr: true, type: 'String' }] },
  ],
}

/** Reader and writer of BPMN 2.0 that knows our attributes. */
export const bpmn = new BpmnModdle({ motcua: motcuaDescriptor })
