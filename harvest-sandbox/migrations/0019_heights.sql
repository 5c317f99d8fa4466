-- The levels of a department or an office with those below it. A unit that is moved may have any number below it, which would
-- have to be gone through each time.

ALTER TABLE department ADD COLUMN height INTEGER NOT NULL DEFAULT 1;
CREATE INDEX department_height ON department (parent_id, height);
ALTER TABLE office ADD COLUMN height INTEGER NOT NULL DEFAULT 1;
CREATE INDEX office_height ON office (parent_id, height);

-- Folders from before there was a bound can have more levels.
UPDATE department SET height = (
    WITH RECURSIVE below (id, level) AS (
        SELECT department.id, 1
        UNION
        SELECT it.id, level + 1 FROM below JOIN department AS it ON it.parent_id = below.id WHERE level <= 50
    )
    SELECT max(level) FROM below
);
UPDATE office SET height = (
    WITH RECURSIVE below (id, level) AS (
        SELECT office.id, 1
        UNION
        SELECT it.id, level + 1 FROM below JOIN office AS it ON it.parent_id = below.id WHERE level <= 50
    )
    SELECT max(level) FROM below
);
