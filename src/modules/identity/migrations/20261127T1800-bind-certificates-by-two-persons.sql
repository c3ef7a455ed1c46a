ALTER TABLE identity.right_request DROP CONSTRAINT right_request_kind_check;
ALTER TABLE identity.right_request ADD CONSTRAINT right_request_kind_check CHECK (kind IN ('grant', 'withdraw', 'reset-second-factor', 'move', 'leave', 'bind-certificate'));
COMMENT ON COLUMN identity.right_request.detail IS 'What is asked for: role and scope, the grant to withdraw, the agency to move to, or the certificate to bind; otherwise codes and ids only';
