-- mic-2013 as a person who knows DuckDB would write it: the same decisions, the same reasons of unknown, the same rows.
-- A figure is null where it is unknown, and its reason is 0 where it is known. Quotients are floored at six decimals.
CREATE OR REPLACE TEMP TABLE hand_measures AS
WITH joined AS (
  SELECT m.*, o.claim, o.claim_reason, direction = 'decrease' AS falls
  FROM measures m JOIN objectives o USING (objective_id)
), ratio AS (
  SELECT *,
    CASE WHEN direction_reason > 0 THEN NULL WHEN falls THEN target ELSE actual END AS above,
    CASE WHEN direction_reason > 0 THEN NULL WHEN falls THEN actual ELSE target END AS below,
    greatest(actual_reason, target_reason) AS either_reason
  FROM joined
), rated AS (
  SELECT *,
    CASE WHEN below = 0 THEN NULL
      ELSE above * 1000000 // below
        - CASE WHEN (above < 0) <> (below < 0) AND above * 1000000 % below <> 0 THEN 1 ELSE 0 END END AS attainment,
    CASE WHEN direction_reason > 0 THEN direction_reason WHEN either_reason > 0 THEN either_reason
      WHEN below = 0 THEN 4 ELSE 0 END AS attainment_reason,
    CASE WHEN falls THEN actual <= target WHEN NOT falls THEN actual >= target END AS reached,
    CASE WHEN direction_reason > 0 THEN direction_reason ELSE either_reason END AS reached_reason
  FROM ratio
), judged AS (
  SELECT *,
    CASE
      WHEN attainment_reason > 0 AND reached_reason > 0 THEN 1
      WHEN attainment_reason = 4 AND reached THEN 2
      WHEN attainment_reason > 0 THEN 3
      WHEN attainment > 1000000 THEN 4
      WHEN attainment = 1000000 AND target_qualifier NOT IN ('超', '未満') THEN 5
      WHEN attainment >= 900000 AND target_qualifier IN ('程度', '約') THEN 6
      WHEN attainment >= 500000 THEN 7
      ELSE 8 END AS result_row
  FROM rated
)
SELECT measure_id, sheet_id, attainment, attainment_reason, reached, reached_reason, result_row,
  CASE WHEN result_row IN (2, 4, 5, 6) THEN 'achieved' WHEN result_row = 7 THEN 'close' WHEN result_row = 8 THEN 'missed' END AS result,
  CASE WHEN result_row IN (1, 3) THEN greatest(attainment_reason, reached_reason) ELSE 0 END AS result_reason,
  CASE WHEN attainment > 2000000 THEN 1 ELSE 0 END AS check_attainment_rows,
  CASE WHEN direction <> 'maintain' AND CASE WHEN falls THEN baseline - target ELSE target - baseline END <= 0 THEN 1 ELSE 0 END AS check_target_rows,
  CASE WHEN result_row IN (7, 8) AND claim = 'achieved' THEN 1 ELSE 0 END AS check_claim_rows,
  CASE WHEN NOT units_agree THEN 1 ELSE 0 END AS check_units_rows
FROM judged;

CREATE OR REPLACE TEMP TABLE hand_budget_years AS
SELECT budget_year_id, sheet_id, evaluated_year, fiscal_year, initial, initial_reason,
  CASE WHEN total <> 0 THEN executed::HUGEINT * 1000000 // total
    - CASE WHEN (executed < 0) <> (total < 0) AND executed::HUGEINT * 1000000 % total <> 0 THEN 1 ELSE 0 END END AS execution_rate,
  CASE WHEN greatest(executed_reason, total_reason) > 0 THEN greatest(executed_reason, total_reason)
    WHEN total = 0 THEN 4 ELSE 0 END AS execution_rate_reason,
  CASE WHEN initial + supplementary + carried_over - total <> 0 THEN 1 ELSE 0 END
    + CASE WHEN executed - total > 0 THEN 2 ELSE 0 END AS check_budget_year_rows,
  CASE WHEN fiscal_year = evaluated_year AND executed_reason = 1 THEN 1
    WHEN fiscal_year = evaluated_year AND executed_reason = 3 THEN 2 ELSE 0 END AS check_settlement_rows
FROM budget_years;

CREATE OR REPLACE TEMP TABLE hand_sheets AS
WITH counted AS (
  SELECT sheet_id, count(*) FILTER (WHERE result = 'achieved') AS achieved, count(*) FILTER (WHERE result IS NOT NULL) AS known,
    count(*) FILTER (WHERE result = 'missed') AS missed
  FROM hand_measures GROUP BY sheet_id
), money AS (
  SELECT sheet_id,
    arg_max(execution_rate, fiscal_year) FILTER (WHERE fiscal_year <= evaluated_year AND execution_rate_reason = 0) AS execution,
    min(initial) FILTER (WHERE fiscal_year = evaluated_year) AS before,
    max(initial_reason) FILTER (WHERE fiscal_year = evaluated_year) AS before_reason,
    min(initial) FILTER (WHERE fiscal_year = evaluated_year + 1) AS after,
    max(initial_reason) FILTER (WHERE fiscal_year = evaluated_year + 1) AS after_reason
  FROM hand_budget_years GROUP BY sheet_id
), shares AS (
  SELECT s.sheet_id, CASE WHEN recorded_rating IN ('A', 'B', 'C') THEN recorded_rating END AS recorded_rating,
    CASE WHEN recorded_budget IN ('Ⅰ', 'Ⅱ', 'Ⅲ', 'Ⅳ') THEN recorded_budget END AS recorded_budget,
    CASE WHEN known > 0 THEN achieved * 1000000 // known END AS share_achieved, coalesce(missed, 0) AS missed_measures,
    execution, CASE WHEN execution IS NULL THEN 3 ELSE 0 END AS execution_reason,
    CASE WHEN before <> 0 THEN after::HUGEINT * 1000000 // before
      - CASE WHEN (after < 0) <> (before < 0) AND after::HUGEINT * 1000000 % before <> 0 THEN 1 ELSE 0 END - 1000000 END AS budget_change,
    CASE WHEN greatest(coalesce(before_reason, 3), coalesce(after_reason, 3)) > 0
      THEN greatest(coalesce(before_reason, 3), coalesce(after_reason, 3)) WHEN before = 0 THEN 4 ELSE 0 END AS budget_change_reason
  FROM sheets s LEFT JOIN counted USING (sheet_id) LEFT JOIN money USING (sheet_id)
), rated AS (
  SELECT *,
    CASE WHEN share_achieved IS NULL THEN 1 WHEN share_achieved >= 700000 AND missed_measures = 0 THEN 2
      WHEN share_achieved >= 400000 THEN 3 ELSE 4 END AS rating_row
  FROM shares
), named AS (
  SELECT *, CASE rating_row WHEN 2 THEN 'A' WHEN 3 THEN 'B' WHEN 4 THEN 'C' END AS rating,
    CASE rating_row WHEN 1 THEN 4 ELSE 0 END AS rating_reason
  FROM rated
), directed AS (
  SELECT *,
    CASE WHEN rating IS NULL THEN 1
      WHEN rating = 'A' AND execution >= 950000 AND budget_change >= 100000 THEN 2
      WHEN rating = 'A' AND execution >= 950000 AND budget_change_reason > 0 THEN 3
      WHEN rating IN ('A', 'B') AND execution >= 500000 THEN 4
      WHEN rating IN ('A', 'B') AND execution_reason > 0 THEN 5
      WHEN rating IN ('A', 'B') THEN 6
      WHEN rating = 'C' AND execution < 300000 THEN 7
      ELSE 8 END AS budget_row
  FROM named
), budgeted AS (
  SELECT *, CASE budget_row WHEN 2 THEN 'Ⅰ' WHEN 3 THEN 'Ⅱ' WHEN 4 THEN 'Ⅱ' WHEN 5 THEN 'Ⅱ' WHEN 6 THEN 'Ⅲ' WHEN 7 THEN 'Ⅳ' WHEN 8 THEN 'Ⅲ' END AS budget,
    CASE budget_row WHEN 1 THEN greatest(rating_reason, execution_reason, budget_change_reason) ELSE 0 END AS budget_reason
  FROM directed
)
SELECT sheet_id, share_achieved, missed_measures, rating, rating_reason, rating_row, execution, execution_reason, budget_change,
  budget_change_reason, budget, budget_reason, budget_row,
  CASE WHEN budget_change < 0 AND (budget = 'Ⅱ' OR recorded_budget = 'Ⅱ') THEN 1 ELSE 0 END AS check_budget_change_rows,
  CASE WHEN rating <> recorded_rating THEN 1 ELSE 0 END + CASE WHEN budget <> recorded_budget THEN 2 ELSE 0 END AS check_recorded_rows
FROM budgeted;
