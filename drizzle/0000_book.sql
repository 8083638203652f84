CREATE TABLE `contact` (
	`no` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`id` text NOT NULL,
	`created_at` text NOT NULL,
	`updated_at` text NOT NULL,
	`deleted_at` text,
	`rev` integer DEFAULT 1 NOT NULL,
	`name` text NOT NULL,
	`contact_type` text NOT NULL,
	`primary_email` text,
	`primary_phone` text,
	`image_url` text,
	`image_id` text,
	`budget` real,
	`budget_type` text,
	`notes` text,
	`invite_status` text,
	`is_active` integer DEFAULT 1 NOT NULL,
	`is_archived` integer DEFAULT 0 NOT NULL,
	`archived_at` text,
	`address_id` text NOT NULL,
	`first_name` text,
	`last_name` text,
	`website` text,
	`address` text,
	`address2` text,
	`city` text,
	`region_code` text,
	`postcode` text,
	`country` text,
	`fax` text,
	`fiscal_information` text,
	`latitude` real,
	`longitude` real,
	`extra` text,
	`company` text,
	`sort_name` text NOT NULL,
	`sort_place` text,
	`phone_key` text,
	`source_uid` text
);
--> statement-breakpoint
CREATE UNIQUE INDEX `contact_id_unique` ON `contact` (`id`);--> statement-breakpoint
CREATE INDEX `contact_by_name` ON `contact` (`sort_name`,`no`) WHERE deleted_at is null;--> statement-breakpoint
CREATE INDEX `contact_by_type` ON `contact` (`contact_type`,`sort_name`,`no`) WHERE deleted_at is null;--> statement-breakpoint
CREATE INDEX `contact_by_place` ON `contact` (`sort_place`,`no`) WHERE deleted_at is null;--> statement-breakpoint
CREATE INDEX `contact_by_email` ON `contact` (lower(primary_email),`no`) WHERE deleted_at is null;--> statement-breakpoint
CREATE INDEX `contact_by_phone` ON `contact` (`primary_phone`,`no`) WHERE deleted_at is null;--> statement-breakpoint
CREATE INDEX `contact_by_budget` ON `contact` (`budget`,`no`) WHERE deleted_at is null;--> statement-breakpoint
CREATE INDEX `contact_by_updated` ON `contact` (`updated_at`,`no`) WHERE deleted_at is null;--> statement-breakpoint
CREATE INDEX `contact_by_created` ON `contact` (`created_at`,`no`) WHERE deleted_at is null;--> statement-breakpoint
CREATE INDEX `contact_by_phone_key` ON `contact` (`phone_key`) WHERE phone_key is not null;--> statement-breakpoint
CREATE INDEX `contact_by_source_uid` ON `contact` (`source_uid`) WHERE source_uid is not null;--> statement-breakpoint
CREATE INDEX `contact_in_trash` ON `contact` (`deleted_at`,`no`) WHERE deleted_at is not null;--> statement-breakpoint
CREATE TABLE `contact_member` (
	`contact_no` integer NOT NULL,
	`employee_no` integer NOT NULL,
	PRIMARY KEY(`contact_no`, `employee_no`),
	FOREIGN KEY (`contact_no`) REFERENCES `contact`(`no`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`employee_no`) REFERENCES `employee`(`no`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `contact_member_reverse` ON `contact_member` (`employee_no`,`contact_no`);--> statement-breakpoint
CREATE TABLE `contact_project` (
	`contact_no` integer NOT NULL,
	`project_no` integer NOT NULL,
	PRIMARY KEY(`contact_no`, `project_no`),
	FOREIGN KEY (`contact_no`) REFERENCES `contact`(`no`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`project_no`) REFERENCES `project`(`no`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `contact_project_reverse` ON `contact_project` (`project_no`,`contact_no`);--> statement-breakpoint
CREATE TABLE `contact_tag` (
	`contact_no` integer NOT NULL,
	`tag_no` integer NOT NULL,
	PRIMARY KEY(`contact_no`, `tag_no`),
	FOREIGN KEY (`contact_no`) REFERENCES `contact`(`no`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`tag_no`) REFERENCES `tag`(`no`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `contact_tag_reverse` ON `contact_tag` (`tag_no`,`contact_no`);--> statement-breakpoint
CREATE TABLE `draft` (
	`key` text PRIMARY KEY NOT NULL,
	`base_rev` integer,
	`values` text NOT NULL,
	`updated_at` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `employee` (
	`no` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`id` text NOT NULL,
	`created_at` text NOT NULL,
	`updated_at` text NOT NULL,
	`user_id` text NOT NULL,
	`full_name` text NOT NULL,
	`email` text
);
--> statement-breakpoint
CREATE UNIQUE INDEX `employee_id_unique` ON `employee` (`id`);--> statement-breakpoint
CREATE TABLE `idempotency` (
	`key` text PRIMARY KEY NOT NULL,
	`request_hash` text NOT NULL,
	`status` integer NOT NULL,
	`headers` text NOT NULL,
	`body` text NOT NULL,
	`at` text NOT NULL
);
--> statement-breakpoint
CREATE INDEX `idempotency_by_time` ON `idempotency` (`at`);--> statement-breakpoint
CREATE TABLE `image` (
	`id` text PRIMARY KEY NOT NULL,
	`media_type` text NOT NULL,
	`size` integer NOT NULL,
	`bytes` blob NOT NULL,
	`created_at` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `import_job` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`format` text NOT NULL,
	`started_at` text NOT NULL,
	`report` text NOT NULL,
	`group_id` text
);
--> statement-breakpoint
CREATE TABLE `invoice` (
	`no` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`id` text NOT NULL,
	`created_at` text NOT NULL,
	`updated_at` text NOT NULL,
	`contact_no` integer,
	`invoice_number` integer NOT NULL,
	`invoice_date` text NOT NULL,
	`due_date` text,
	`total_value` real NOT NULL,
	`currency` text NOT NULL,
	`status` text NOT NULL,
	FOREIGN KEY (`contact_no`) REFERENCES `contact`(`no`) ON UPDATE no action ON DELETE set null
);
--> statement-breakpoint
CREATE UNIQUE INDEX `invoice_id_unique` ON `invoice` (`id`);--> statement-breakpoint
CREATE INDEX `invoice_of_contact` ON `invoice` (`contact_no`);--> statement-breakpoint
CREATE TABLE `journal` (
	`seq` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`group_no` integer NOT NULL,
	`at` text NOT NULL,
	`actor` text NOT NULL,
	`contact_id` text NOT NULL,
	`kind` text NOT NULL,
	`field` text,
	`old` text,
	`new` text,
	`last` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `journal_of_contact` ON `journal` (`contact_id`,`seq`);--> statement-breakpoint
CREATE INDEX `journal_of_group` ON `journal` (`group_no`,`seq`);--> statement-breakpoint
CREATE TABLE `journal_group` (
	`no` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`id` text NOT NULL,
	`at` text NOT NULL,
	`actor` text NOT NULL,
	`label` text NOT NULL,
	`inverse_of` text,
	`state` text NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `journal_group_id_unique` ON `journal_group` (`id`);--> statement-breakpoint
CREATE INDEX `journal_group_stack` ON `journal_group` (`state`,`no`);--> statement-breakpoint
CREATE INDEX `journal_group_inverse` ON `journal_group` (`inverse_of`);--> statement-breakpoint
CREATE TABLE `project` (
	`no` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`id` text NOT NULL,
	`created_at` text NOT NULL,
	`updated_at` text NOT NULL,
	`name` text NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `project_id_unique` ON `project` (`id`);--> statement-breakpoint
CREATE TABLE `setting` (
	`key` text PRIMARY KEY NOT NULL,
	`value` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `tag` (
	`no` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`id` text NOT NULL,
	`created_at` text NOT NULL,
	`updated_at` text NOT NULL,
	`name` text NOT NULL,
	`color` text NOT NULL,
	`text_color` text,
	`icon` text,
	`description` text
);
--> statement-breakpoint
CREATE UNIQUE INDEX `tag_id_unique` ON `tag` (`id`);--> statement-breakpoint
CREATE TABLE `token` (
	`no` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`name` text NOT NULL,
	`digest` text NOT NULL,
	`permissions` text NOT NULL,
	`rate` integer NOT NULL,
	`created_at` text NOT NULL,
	`expires_at` text,
	`last_used_at` text,
	`revoked_at` text
);
--> statement-breakpoint
CREATE UNIQUE INDEX `token_digest_unique` ON `token` (`digest`);--> statement-breakpoint
CREATE UNIQUE INDEX `token_live_name` ON `token` (`name`) WHERE revoked_at is null;