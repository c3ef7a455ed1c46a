-- What was done under one mandate, for both sides to see; ordinary events do not weigh on it.
CREATE INDEX event_mandate ON ledger.event ((data->'onBehalfOf'->>'mandate'), id) WHERE data ? 'onBehalfOf';
