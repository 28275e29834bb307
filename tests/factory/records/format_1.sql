BEGIN TRANSACTION;
CREATE TABLE characteristics (
	job_id INTEGER NOT NULL, 
	id VARCHAR NOT NULL, 
	position INTEGER NOT NULL, 
	name_zh VARCHAR NOT NULL, 
	name_en VARCHAR NOT NULL, 
	method VARCHAR NOT NULL, 
	feature VARCHAR NOT NULL, 
	severity VARCHAR NOT NULL, 
	unit VARCHAR NOT NULL, 
	nominal FLOAT, 
	nominal_variant VARCHAR, 
	lower FLOAT, 
	upper FLOAT, 
	value FLOAT, 
	variant_seen VARCHAR, 
	expanded_uncertainty FLOAT, 
	verdict INTEGER NOT NULL, 
	reason VARCHAR NOT NULL, 
	detail VARCHAR NOT NULL, 
	time_s FLOAT NOT NULL, 
	evidence VARCHAR, 
	PRIMARY KEY (job_id, id), 
	FOREIGN KEY(job_id) REFERENCES jobs (id)
);
INSERT INTO "characteristics" VALUES(1,'gap_hood_fender_left',0,'左前翼子板与机盖间隙','Gap hood to left fender','gap','hood/front_fender_left','major','mm',4.0,NULL,3.3,4.7,4.12,NULL,0.08,1,'inside_tolerance','',31.2,'evidence/a.png');
INSERT INTO "characteristics" VALUES(1,'variant_badge_rear',1,'尾部标识','Rear badge','variant','badge_rear','minor','',NULL,'rs',NULL,NULL,NULL,'rs',NULL,1,'part_as_ordered','',88.5,NULL);
INSERT INTO "characteristics" VALUES(2,'gap_hood_fender_left',0,'左前翼子板与机盖间隙','Gap hood to left fender','gap','hood/front_fender_left','major','mm',4.0,NULL,3.3,4.7,4.12,NULL,0.08,1,'inside_tolerance','',31.2,NULL);
INSERT INTO "characteristics" VALUES(2,'variant_badge_rear',1,'尾部标识','Rear badge','variant','badge_rear','minor','',NULL,'rs',NULL,NULL,NULL,NULL,NULL,3,'robot_fell','',88.5,NULL);
INSERT INTO "characteristics" VALUES(3,'gap_hood_fender_left',0,'左前翼子板与机盖间隙','Gap hood to left fender','gap','hood/front_fender_left','major','mm',4.0,NULL,3.3,4.7,5.43,NULL,0.08,2,'outside_tolerance','',31.2,NULL);
INSERT INTO "characteristics" VALUES(3,'flush_door_left',1,'左前翼子板与机盖间隙','Gap hood to left fender','flush','hood/front_fender_left','major','mm',4.0,NULL,3.3,4.7,NULL,NULL,NULL,3,'car_touched','left hand',31.2,NULL);
INSERT INTO "characteristics" VALUES(3,'variant_badge_rear',2,'尾部标识','Rear badge','variant','badge_rear','minor','',NULL,'rs',NULL,NULL,NULL,'missing',NULL,2,'part_missing','',88.5,NULL);
INSERT INTO "characteristics" VALUES(4,'gap_hood_fender_left',0,'左前翼子板与机盖间隙','Gap hood to left fender','gap','hood/front_fender_left','major','mm',4.0,NULL,3.3,4.7,NULL,NULL,NULL,3,'not_inspected','',31.2,NULL);
INSERT INTO "characteristics" VALUES(5,'gap_hood_fender_left',0,'左前翼子板与机盖间隙','Gap hood to left fender','gap','hood/front_fender_left','major','mm',4.0,NULL,3.3,4.7,4.12,NULL,0.08,1,'inside_tolerance','',31.2,'evidence/a.png');
INSERT INTO "characteristics" VALUES(5,'variant_badge_rear',1,'尾部标识','Rear badge','variant','badge_rear','minor','',NULL,'rs',NULL,NULL,NULL,'rs',NULL,1,'part_as_ordered','',88.5,NULL);
CREATE TABLE clock_readings (
	job_id INTEGER NOT NULL, 
	at VARCHAR NOT NULL, 
	source VARCHAR NOT NULL, 
	error_s FLOAT, 
	PRIMARY KEY (job_id), 
	FOREIGN KEY(job_id) REFERENCES jobs (id)
);
INSERT INTO "clock_readings" VALUES(1,'2026-11-27T11:18:19.993+00:00','unsynchronised',NULL);
INSERT INTO "clock_readings" VALUES(2,'2026-11-27T11:18:20.003+00:00','unsynchronised',NULL);
INSERT INTO "clock_readings" VALUES(3,'2026-11-27T11:18:20.012+00:00','unsynchronised',NULL);
CREATE TABLE commits (
	position INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	job_id INTEGER NOT NULL, 
	UNIQUE (job_id), 
	FOREIGN KEY(job_id) REFERENCES jobs (id)
);
INSERT INTO "commits" VALUES(1,1);
INSERT INTO "commits" VALUES(2,3);
CREATE TABLE events (
	id INTEGER NOT NULL, 
	job_id INTEGER NOT NULL, 
	time_s FLOAT NOT NULL, 
	kind VARCHAR NOT NULL, 
	text VARCHAR NOT NULL, 
	PRIMARY KEY (id), 
	FOREIGN KEY(job_id) REFERENCES jobs (id)
);
INSERT INTO "events" VALUES(1,2,480.0,'fall','the robot fell beside the trunk');
INSERT INTO "events" VALUES(2,3,233.25,'contact','left hand touched front_door_left');
CREATE TABLE jobs (
	id INTEGER NOT NULL, 
	shift_id INTEGER NOT NULL, 
	vin VARCHAR NOT NULL, 
	sequence INTEGER NOT NULL, 
	attempt INTEGER NOT NULL, 
	state VARCHAR NOT NULL, 
	model VARCHAR NOT NULL, 
	options VARCHAR NOT NULL, 
	verdict INTEGER, 
	began_s FLOAT NOT NULL, 
	finished_s FLOAT, 
	takt_limit_s FLOAT, 
	walking_s FLOAT, 
	inspecting_s FLOAT, 
	interrupted_zh VARCHAR, 
	interrupted_en VARCHAR, 
	told_reason VARCHAR, 
	told_document VARCHAR, 
	PRIMARY KEY (id), 
	UNIQUE (shift_id, vin, sequence, attempt), 
	FOREIGN KEY(shift_id) REFERENCES shifts (id)
);
INSERT INTO "jobs" VALUES(1,1,'LSVAA49J132047371',1,1,'committed','sedan','badge=rs;paint=red;wheels=sport',1,10.0,160.0,300.0,90.0,55.0,NULL,NULL,'','{"sequence": 1, "vin": "LSVAA49J132047371", "model": "sedan", "options": {"badge": "rs", "paint": "red", "wheels": "sport"}, "verdict": "OK", "reason": null, "state": "judged", "interrupted": false, "began_s": 10.0, "takt_s": 150.0, "takt_limit_s": 300.0, "walking_s": 90.0, "inspecting_s": 55.0, "characteristics": [{"id": "gap_hood_fender_left", "name": {"zh": "左前翼子板与机盖间隙", "en": "Gap hood to left fender"}, "method": "gap", "feature": "hood/front_fender_left", "class": "major", "value": 4.12, "unit": "mm", "expanded_uncertainty": 0.08, "k": 2.0, "nominal": 4.0, "lower": 3.3, "upper": 4.7, "verdict": "OK", "reason": {"code": "inside_tolerance", "zh": "在公差内", "en": "inside the tolerance", "detail": ""}, "time_s": 31.2, "evidence": "evidence/a.png"}, {"id": "variant_badge_rear", "name": {"zh": "尾部标识", "en": "Rear badge"}, "method": "variant", "feature": "badge_rear", "class": "minor", "value": "rs", "unit": "", "expanded_uncertainty": null, "k": null, "nominal": "rs", "lower": null, "upper": null, "verdict": "OK", "reason": {"code": "part_as_ordered", "zh": "与订单一致", "en": "as ordered", "detail": ""}, "time_s": 88.5, "evidence": null}], "events": []}');
INSERT INTO "jobs" VALUES(2,1,'LSVAA49J532047373',3,1,'interrupted','sedan','badge=rs;paint=red;wheels=sport',3,420.0,480.0,300.0,0.0,0.0,'机器人跌倒','the robot fell',NULL,NULL);
INSERT INTO "jobs" VALUES(3,1,'LSVAA49J332047372',2,1,'committed','sedan','badge=rs;paint=red;wheels=sport',2,210.0,390.5,300.0,100.0,60.0,NULL,NULL,'NOK: gap_hood_fender_left, variant_badge_rear; not decidable: flush_door_left','{"sequence": 2, "vin": "LSVAA49J332047372", "model": "sedan", "options": {"badge": "rs", "paint": "red", "wheels": "sport"}, "verdict": "NOK", "reason": {"zh": "不合格：gap_hood_fender_left、variant_badge_rear；不可判定：flush_door_left", "en": "NOK: gap_hood_fender_left, variant_badge_rear; not decidable: flush_door_left"}, "state": "judged", "interrupted": false, "began_s": 210.0, "takt_s": 180.5, "takt_limit_s": 300.0, "walking_s": 100.0, "inspecting_s": 60.0, "characteristics": [{"id": "gap_hood_fender_left", "name": {"zh": "左前翼子板与机盖间隙", "en": "Gap hood to left fender"}, "method": "gap", "feature": "hood/front_fender_left", "class": "major", "value": 5.43, "unit": "mm", "expanded_uncertainty": 0.08, "k": 2.0, "nominal": 4.0, "lower": 3.3, "upper": 4.7, "verdict": "NOK", "reason": {"code": "outside_tolerance", "zh": "超出公差，且超出量大于测量不确定度", "en": "outside the tolerance by more than the uncertainty", "detail": ""}, "time_s": 31.2, "evidence": null}, {"id": "flush_door_left", "name": {"zh": "左前翼子板与机盖间隙", "en": "Gap hood to left fender"}, "method": "flush", "feature": "hood/front_fender_left", "class": "major", "value": null, "unit": "mm", "expanded_uncertainty": null, "k": null, "nominal": 4.0, "lower": 3.3, "upper": 4.7, "verdict": "NOT_DECIDABLE", "reason": {"code": "car_touched", "zh": "机器人碰到了车辆", "en": "the robot touched the car", "detail": "left hand"}, "time_s": 31.2, "evidence": null}, {"id": "variant_badge_rear", "name": {"zh": "尾部标识", "en": "Rear badge"}, "method": "variant", "feature": "badge_rear", "class": "minor", "value": "missing", "unit": "", "expanded_uncertainty": null, "k": null, "nominal": "rs", "lower": null, "upper": null, "verdict": "NOK", "reason": {"code": "part_missing", "zh": "零件缺失", "en": "the part is missing", "detail": ""}, "time_s": 88.5, "evidence": null}], "events": [{"time_s": 233.25, "kind": "contact", "text": "left hand touched front_door_left"}]}');
INSERT INTO "jobs" VALUES(4,2,'LSVAA49J532047373',3,1,'expected','sedan','badge=rs;paint=red;wheels=sport',3,0.0,0.0,300.0,0.0,0.0,'写出本结果时尚未到工位','it had not come when this was written',NULL,NULL);
INSERT INTO "jobs" VALUES(5,2,'LSVAA49J132047371',1,1,'running','sedan','badge=rs;paint=red;wheels=sport',1,10.0,160.0,300.0,90.0,55.0,NULL,NULL,NULL,NULL);
CREATE TABLE overrides (
	id INTEGER NOT NULL, 
	job_id INTEGER NOT NULL, 
	verdict INTEGER NOT NULL, 
	name VARCHAR NOT NULL, 
	reason VARCHAR NOT NULL, 
	at VARCHAR NOT NULL, 
	PRIMARY KEY (id), 
	FOREIGN KEY(job_id) REFERENCES jobs (id)
);
INSERT INTO "overrides" VALUES(1,3,1,'Li Na','polished','2026-11-27T11:18:20.018+00:00');
CREATE TABLE purposes (
	job_id INTEGER NOT NULL, 
	purpose INTEGER NOT NULL, 
	refers_to INTEGER NOT NULL, 
	bypassed BOOLEAN NOT NULL, 
	PRIMARY KEY (job_id), 
	FOREIGN KEY(job_id) REFERENCES jobs (id)
);
CREATE TABLE shifts (
	id INTEGER NOT NULL, 
	opened_at VARCHAR NOT NULL, 
	shift VARCHAR NOT NULL, 
	shift_sha256 VARCHAR NOT NULL, 
	"plan" VARCHAR NOT NULL, 
	plan_sha256 VARCHAR NOT NULL, 
	station VARCHAR NOT NULL, 
	robot VARCHAR NOT NULL, 
	software VARCHAR NOT NULL, 
	seed INTEGER, 
	PRIMARY KEY (id)
);
INSERT INTO "shifts" VALUES(1,'2026-11-27T11:18:19+00:00','shift.csv','aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa','plan.yaml','bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb','simulated station','g1','linewalker 0.1.0',7);
INSERT INTO "shifts" VALUES(2,'2026-11-27T11:18:20+00:00','shift.csv','aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa','plan.yaml','bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb','simulated station','g1','linewalker 0.1.0',8);
CREATE INDEX ix_jobs_vin ON jobs (vin);
CREATE UNIQUE INDEX one_committed_job ON jobs (shift_id, vin, sequence) WHERE state = 'committed';
CREATE INDEX ix_events_job_id ON events (job_id);
CREATE INDEX ix_overrides_job_id ON overrides (job_id);
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('commits',2);
COMMIT;
PRAGMA user_version = 1;
