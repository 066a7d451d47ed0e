-- The usual questions as views. Names are joined in, so that a reader needs no ids; the ids stay,
-- so that a row can be found in its table and cited.

CREATE VIEW systems AS
SELECT d.deployment_id, d.name AS system, d.place, d.country_code, c.name AS country,
       d.technologies, d.operator_org, o.name AS operator,
       d.valid_from, d.valid_from_first, d.valid_from_last,
       d.valid_to, d.valid_to_first, d.valid_to_last, d.lon_deg, d.lat_deg
FROM deployments d
JOIN countries c ON c.country_code = d.country_code
LEFT JOIN organisations o ON o.org_id = d.operator_org
WHERE NOT EXISTS (SELECT 1 FROM retractions r
                  WHERE r.subject_kind = 'deployment' AND r.subject_id = d.deployment_id);

-- One row for each relation that no correction has taken back, supplies and others.
CREATE VIEW relations_told AS
SELECT r.relation_id, s.name AS supplier, r.supplier_org, s.country_code AS supplier_seat,
       r.role, r.layer, coalesce(p.name, r.product_as_written) AS product,
       t.name AS recipient, r.recipient_org,
       r.deployment_id, d.name AS system, d.place, d.country_code,
       r.valid_from, r.valid_from_first, r.valid_from_last,
       r.valid_to, r.valid_to_first, r.valid_to_last,
       k.status, k.ended_on, k.is_inside_product, k.is_supply
FROM relations r
JOIN supply_status k ON k.relation_id = r.relation_id
JOIN organisations s ON s.org_id = r.supplier_org
LEFT JOIN organisations t ON t.org_id = r.recipient_org
LEFT JOIN deployments d ON d.deployment_id = r.deployment_id
LEFT JOIN products p ON p.product_id = r.product_id
WHERE k.status <> 'retracted';

-- Supplies that a claim states in words; these are the ones to count.
CREATE VIEW supplies AS
SELECT * FROM relations_told WHERE is_supply;

-- Who is only named, or came no further than a plan or an offer; never counted as a supply.
CREATE VIEW named_only AS
SELECT * FROM relations_told WHERE NOT is_supply;

-- Who stands behind a system: its suppliers, and the makers of what is inside their products.
CREATE VIEW who_stands_behind AS
SELECT b.deployment_id, y.system, y.place, y.country_code, y.country, y.technologies,
       y.operator, v.supplier, v.supplier_org, v.supplier_seat, v.role, v.layer, v.product,
       b.inside_of, v.status, v.relation_id
FROM behind_systems b
JOIN systems y ON y.deployment_id = b.deployment_id
JOIN supplies v ON v.relation_id = b.relation_id;

-- Who said what, when, and where that was read.
CREATE VIEW statements AS
SELECT c.claim_id, c.subject_kind, c.subject_id, c.says, c.about, c."by" AS said_as,
       coalesce(o.name, c.speaker_role, s.publisher) AS speaker, c.speaker_org, c.speaker_role,
       c.as_of, c.as_of_first, c.as_of_last, c.statement,
       s.title AS source_title, s.publisher, s.grade, s.kind AS source_kind, s.url, c.source_id
FROM claims c
JOIN sources s ON s.source_id = c.source_id
LEFT JOIN organisations o ON o.org_id = c.speaker_org
WHERE c.statement IS NOT NULL
  AND NOT EXISTS (SELECT 1 FROM retractions r
                  WHERE r.subject_kind = 'claim' AND r.subject_id = c.claim_id);

-- What was counted where, with the state that the source gives.
CREATE VIEW counted AS
SELECT n.count_id, n.deployment_id, y.system, y.place, y.country_code, n.what, n.bound, n.value,
       n.qualifier, n.scope, n.as_of, n.as_of_first, n.as_of_last, n.value_as_written,
       s.title AS source_title, s.publisher, s.url, n.source_id
FROM counts n
JOIN systems y ON y.deployment_id = n.deployment_id
JOIN sources s ON s.source_id = n.source_id
WHERE NOT EXISTS (SELECT 1 FROM retractions r
                  WHERE r.subject_kind = 'count' AND r.subject_id = n.count_id);

-- Entries in legal lists, each with its own effect and the days on which it certainly stood.
-- No row for a day is no "no": whether a list was read for that day is in list_readings.
CREATE VIEW listings AS
SELECT g.designation_id, g.org_id, o.name AS organisation, l.name AS legal_list, l.list_id,
       g.effect, g.scope, g.announced_on, g.effective_on, g.ended_on,
       e.certain_from, e.certain_until, g.instrument, g.source_id
FROM designations g
JOIN organisations o ON o.org_id = g.org_id
JOIN legal_lists l ON l.list_id = g.list
LEFT JOIN entry_spans e ON e.designation_id = g.designation_id
WHERE NOT EXISTS (SELECT 1 FROM retractions r
                  WHERE r.subject_kind = 'designation' AND r.subject_id = g.designation_id);

-- Who owns, finances, resells whom; read: from_name is the kind of to_name.
CREATE VIEW ties AS
SELECT k.from_org, a.name AS from_name, k.kind, k.to_org, b.name AS to_name, k.share_pct,
       k.value, k.currency, k.value_as_written, k.valid_from, k.valid_to,
       s.title AS source_title, s.publisher, s.url, k.source_id
FROM organisation_links k
JOIN organisations a ON a.org_id = k.from_org
JOIN organisations b ON b.org_id = k.to_org
JOIN sources s ON s.source_id = k.source_id;

-- What courts and regulators ruled, and what became of it on review.
CREATE VIEW decisions AS
SELECT g.ruling_id, g.decided_on, o.name AS body, g.body_kind, g.case_ref, g.effects,
       g.technologies, g.country_code, g.deployment_id, y.system,
       (SELECT group_concat(p.part || ': ' || q.name, '; ')
        FROM (SELECT * FROM ruling_parties ORDER BY part, org_id) p
        JOIN organisations q ON q.org_id = p.org_id
        WHERE p.ruling_id = g.ruling_id) AS parties,
       (SELECT group_concat(v.review_result || ' ' || v.decided_on, '; ')
        FROM rulings v WHERE v.reviews = g.ruling_id) AS later_reviewed
FROM rulings g
JOIN organisations o ON o.org_id = g.body_org
LEFT JOIN systems y ON y.deployment_id = g.deployment_id
WHERE NOT EXISTS (SELECT 1 FROM retractions r
                  WHERE r.subject_kind = 'ruling' AND r.subject_id = g.ruling_id);
