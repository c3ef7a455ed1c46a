ALTER TABLE identity.account ADD COLUMN last_active_on date;
ALTER TABLE identity.account ADD COLUMN lock_reason text CHECK (lock_reason IN ('idle', 'misuse'));
ALTER TABLE identity.account ADD COLUMN notice text CHECK (notice IN ('unlocked'));
COMMENT ON COLUMN identity.account.last_active_on IS 'Day of the last log-in or act, Vietnam time; from the ledger, so at most moments late';
COMMENT ON COLUMN identity.account.lock_reason IS 'Why it is locked; one that was only idle is unlocked by its owner alone, by logging in';
COMMENT ON COLUMN identity.account.notice IS 'What the owner has to be shown before anything else';
CREATE INDEX account_idle ON identity.account (last_active_on) WHERE state = 'active';

CREATE TABLE identity.idle_notice (
  account_id uuid NOT NULL REFERENCES identity.account,
  idle_since date NOT NULL,
  number smallint NOT NULL CHECK (number > 0),
  sent_on date NOT NULL,
  PRIMARY KEY (account_id, idle_since, number)
);
COMMENT ON TABLE identity.idle_notice IS 'Notices that an unused account will be locked; the key makes each go out once, however often the job runs';
