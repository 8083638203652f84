CREATE TABLE `sync_account` (
	`id` text PRIMARY KEY NOT NULL,
	`url` text NOT NULL,
	`tenant_id` text NOT NULL,
	`organization_id` text NOT NULL,
	`organization_name` text NOT NULL,
	`user_name` text NOT NULL,
	`dialect` text NOT NULL,
	`linked_at` text NOT NULL,
	`progress` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `sync_attempt` (
	`contact_id` text PRIMARY KEY NOT NULL,
	`id` text NOT NULL,
	`method` text NOT NULL,
	`payload` text,
	`expected` text,
	`sent_rev` integer NOT NULL,
	`started_at` text NOT NULL,
	`outcome` text
);
--> statement-breakpoint
CREATE TABLE `sync_conflict` (
	`id` text PRIMARY KEY NOT NULL,
	`contact_id` text,
	`kind` text NOT NULL,
	`field` text,
	`base` text,
	`mine` text,
	`theirs` text,
	`other_id` text,
	`created_at` text NOT NULL,
	`resolved_at` text,
	`choice` text
);
--> statement-breakpoint
CREATE INDEX `sync_conflict_open` ON `sync_conflict` (`created_at`,`id`) WHERE resolved_at is null;--> statement-breakpoint
CREATE INDEX `sync_conflict_of` ON `sync_conflict` (`contact_id`) WHERE resolved_at is null;--> statement-breakpoint
CREATE TABLE `sync_image` (
	`local_id` text PRIMARY KEY NOT NULL,
	`remote_id` text NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `sync_image_remote_id_unique` ON `sync_image` (`remote_id`);--> statement-breakpoint
CREATE TABLE `sync_link` (
	`contact_id` text PRIMARY KEY NOT NULL,
	`remote_id` text NOT NULL,
	`remote_address_id` text,
	`base` text NOT NULL,
	`base_hash` text NOT NULL,
	`remote_updated_at` text NOT NULL,
	`held_here` text,
	`checked_at` text NOT NULL,
	`gone` integer DEFAULT 0 NOT NULL,
	`sent` text,
	`watched_until` text
);
--> statement-breakpoint
CREATE UNIQUE INDEX `sync_link_remote_id_unique` ON `sync_link` (`remote_id`);--> statement-breakpoint
CREATE TABLE `sync_name` (
	`kind` text NOT NULL,
	`local_id` text NOT NULL,
	`remote_id` text NOT NULL,
	`name` text NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `sync_name_local` ON `sync_name` (`kind`,`local_id`);--> statement-breakpoint
CREATE UNIQUE INDEX `sync_name_remote` ON `sync_name` (`kind`,`remote_id`);--> statement-breakpoint
CREATE TABLE `sync_outbox` (
	`seq` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`id` text NOT NULL,
	`contact_id` text NOT NULL,
	`kind` text NOT NULL,
	`queued_at` text NOT NULL,
	`attempts` integer DEFAULT 0 NOT NULL,
	`next_at` text NOT NULL,
	`first_failed_at` text,
	`last_status` integer,
	`last_message` text,
	`last_field` text,
	`parked_at` text,
	`parked_reason` text,
	`held_by` text
);
--> statement-breakpoint
CREATE UNIQUE INDEX `sync_outbox_id_unique` ON `sync_outbox` (`id`);--> statement-breakpoint
CREATE UNIQUE INDEX `sync_outbox_contact_id_unique` ON `sync_outbox` (`contact_id`);--> statement-breakpoint
CREATE INDEX `sync_outbox_due` ON `sync_outbox` (`next_at`,`seq`) WHERE parked_at is null and held_by is null;--> statement-breakpoint
CREATE TABLE `sync_quarantine` (
	`remote_id` text PRIMARY KEY NOT NULL,
	`name` text,
	`reason` text NOT NULL,
	`raw` text NOT NULL,
	`at` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `sync_tombstone` (
	`remote_id` text PRIMARY KEY NOT NULL,
	`contact_id` text NOT NULL,
	`deleted_at` text NOT NULL,
	`by` text NOT NULL
);
