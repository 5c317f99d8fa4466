-- How v3 shows the records of the kinds that have the longest lists.

ALTER TABLE candidate ADD COLUMN document_v3 TEXT;
ALTER TABLE user ADD COLUMN document_v3 TEXT;
