ALTER TABLE catalogue.decision_item DROP CONSTRAINT decision_item_action_check;
ALTER TABLE catalogue.decision_item ADD CONSTRAINT decision_item_action_check CHECK (action IN ('create', 'amend', 'abolish', 'link', 'localise'));
COMMENT ON TABLE catalogue.decision_item IS 'One procedure that a decision creates, amends, abolishes, links with others into a group, or adapts to a province';

-- Few groups among thousands of versions: the page of a procedure asks to which it belongs.
CREATE INDEX procedure_version_linked ON catalogue.procedure_version USING gin ((content->'linked'->'members')) WHERE content ? 'linked';
