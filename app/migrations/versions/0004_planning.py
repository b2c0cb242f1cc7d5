"""Calls, applications, plans with their versions, and the programme. Revision 0004."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "call",
        sa.Column("opens_on", sa.Date(), nullable=False),
        sa.Column("opens_at", sa.Time(), nullable=False),
        sa.Column("closes_on", sa.Date(), nullable=False),
        sa.Column("closes_at", sa.Time(), nullable=False),
        sa.Column("intro", sa.JSON(), nullable=False),
        sa.Column("criteria", sa.JSON(), nullable=False),
        sa.Column("practical", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("lot", sa.String(length=80), nullable=False),
        sa.Column("answer_by", sa.Date(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("festival_id", sa.Integer(), nullable=False),
        sa.Column("published", sa.Boolean(), server_default="0", nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.CheckConstraint("closes_on >= opens_on", name=op.f("ck_call_window")),
        sa.ForeignKeyConstraint(["festival_id"], ["festival.id"], name=op.f("fk_call_festival_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_call")),
        sa.UniqueConstraint("festival_id", name=op.f("uq_call_festival_id")),
    )
    op.create_table(
        "place_score",
        sa.Column("points", sa.Integer(), nullable=False),
        sa.Column("words", sa.JSON(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("stall_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.CheckConstraint("points BETWEEN -20 AND 20", name=op.f("ck_place_score_points")),
        sa.ForeignKeyConstraint(
            ["stall_id"], ["stall.id"], name=op.f("fk_place_score_stall_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_place_score")),
        sa.UniqueConstraint("stall_id", name=op.f("uq_place_score_stall_id")),
    )
    op.create_table(
        "plan_version",
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("note", sa.String(length=600), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("festival_id", sa.Integer(), nullable=True),
        sa.Column("site_id", sa.Integer(), nullable=True),
        sa.Column("day", sa.Date(), nullable=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("based_on_id", sa.Integer(), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("closed", sa.JSON(), nullable=False),
        sa.Column("problems", sa.JSON(), nullable=False),
        sa.Column("answers", sa.JSON(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.CheckConstraint(
            "state IN ('draft', 'published', 'earlier')", name=op.f("ck_plan_version_state")
        ),
        sa.CheckConstraint(
            "(festival_id IS NULL) <> (day IS NULL)", name=op.f("ck_plan_version_of_what")
        ),
        sa.CheckConstraint(
            "(site_id IS NULL) = (day IS NULL)", name=op.f("ck_plan_version_site_of_day")
        ),
        sa.ForeignKeyConstraint(
            ["based_on_id"],
            ["plan_version.id"],
            name=op.f("fk_plan_version_based_on_id"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["festival_id"], ["festival.id"], name=op.f("fk_plan_version_festival_id")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
            name=op.f("fk_plan_version_person_id"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name=op.f("fk_plan_version_site_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_version")),
    )
    with op.batch_alter_table("plan_version", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_plan_version_day"), ["day"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_plan_version_festival_id"), ["festival_id"], unique=False
        )

    op.create_table(
        "application",
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("legal_name", sa.String(length=120), nullable=True),
        sa.Column("reg_no", sa.String(length=11), nullable=True),
        sa.Column("contact_person", sa.String(length=80), nullable=True),
        sa.Column("phone", sa.String(), nullable=True),
        sa.Column("email", sa.String(length=254), nullable=True),
        sa.Column("parish_code", sa.String(length=7), nullable=True),
        sa.Column("other_place", sa.String(length=80), nullable=True),
        sa.Column("goods", sa.String(length=600), nullable=False),
        sa.Column("categories", sa.JSON(), nullable=False),
        sa.Column("own_made", sa.Boolean(), nullable=False),
        sa.Column("social", sa.Boolean(), nullable=False),
        sa.Column("days", sa.JSON(), nullable=False),
        sa.Column("metres", sa.Float(), nullable=False),
        sa.Column("power_kw", sa.Float(), nullable=False),
        sa.Column("water", sa.Boolean(), nullable=False),
        sa.Column("tent", sa.String(), nullable=False),
        sa.Column("vehicle", sa.Boolean(), nullable=False),
        sa.Column("fire", sa.Boolean(), nullable=False),
        sa.Column("places_min", sa.Integer(), nullable=False),
        sa.Column("places_max", sa.Integer(), nullable=False),
        sa.Column("anywhere", sa.Boolean(), nullable=False),
        sa.Column("note", sa.String(length=1000), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("call_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=20), nullable=False),
        sa.Column("vendor_id", sa.Integer(), nullable=True),
        sa.Column("key_digest", sa.String(length=64), nullable=True),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("prepared", sa.String(), nullable=True),
        sa.Column("refusal", sa.String(), nullable=True),
        sa.Column("decision_words", sa.String(length=600), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("waiting_place", sa.Integer(), nullable=True),
        sa.Column("price_cents", sa.Integer(), nullable=True),
        sa.Column("paid_cents", sa.Integer(), nullable=False),
        sa.Column("paid_on", sa.Date(), nullable=True),
        sa.Column("paid_by", sa.String(), nullable=True),
        sa.Column("permit_on", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.CheckConstraint(
            "kind IN ('own_grown', 'wild', 'home_producer', 'farm', 'sole_trader', 'company', 'cooperative', 'association', 'craftsperson', 'caterer')",
            name=op.f("ck_application_kind"),
        ),
        sa.CheckConstraint(
            "prepared IN ('accepted', 'waiting', 'refused')", name=op.f("ck_application_prepared")
        ),
        sa.CheckConstraint(
            "refusal IN ('category_full', 'no_suitable_place', 'not_own_made', 'documents_missing', 'outside_the_criteria', 'no_answer', 'no_show_before', 'other')",
            name=op.f("ck_application_refusal"),
        ),
        sa.CheckConstraint(
            "state IN ('draft', 'submitted', 'asked', 'accepted', 'waiting', 'refused', 'withdrawn')",
            name=op.f("ck_application_state"),
        ),
        sa.CheckConstraint("tent IN ('none', 'own', 'rented')", name=op.f("ck_application_tent")),
        sa.CheckConstraint("paid_cents >= 0", name=op.f("ck_application_paid")),
        sa.CheckConstraint("places_max >= places_min", name=op.f("ck_application_places")),
        sa.ForeignKeyConstraint(["call_id"], ["call.id"], name=op.f("fk_application_call_id")),
        sa.ForeignKeyConstraint(
            ["parish_code"], ["parish.code"], name=op.f("fk_application_parish_code")
        ),
        sa.ForeignKeyConstraint(
            ["vendor_id"], ["vendor.id"], name=op.f("fk_application_vendor_id"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_application")),
        sa.UniqueConstraint("call_id", "vendor_id", name=op.f("uq_application_call_id_vendor_id")),
        sa.UniqueConstraint("key_digest", name=op.f("uq_application_key_digest")),
        sa.UniqueConstraint("number", name=op.f("uq_application_number")),
    )
    with op.batch_alter_table("application", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_application_call_id"), ["call_id"], unique=False)

    op.create_table(
        "call_category",
        sa.Column("category", sa.String(length=40), nullable=False),
        sa.Column("max_stalls", sa.Integer(), nullable=True),
        sa.Column("keep_apart", sa.Boolean(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("call_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.ForeignKeyConstraint(
            ["call_id"], ["call.id"], name=op.f("fk_call_category_call_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_call_category")),
        sa.UniqueConstraint("call_id", "category", name=op.f("uq_call_category_call_id_category")),
    )
    op.create_table(
        "call_document",
        sa.Column("name", sa.JSON(), nullable=False),
        sa.Column("required", sa.Boolean(), nullable=False),
        sa.Column("category", sa.String(length=40), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("call_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.ForeignKeyConstraint(
            ["call_id"], ["call.id"], name=op.f("fk_call_document_call_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_call_document")),
    )
    with op.batch_alter_table("call_document", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_call_document_call_id"), ["call_id"], unique=False)

    op.create_table(
        "call_price",
        sa.Column("name", sa.JSON(), nullable=False),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("category", sa.String(length=40), nullable=True),
        sa.Column("from_kw", sa.Float(), nullable=True),
        sa.Column("up_to_kw", sa.Float(), nullable=True),
        sa.Column("cents", sa.Integer(), nullable=False),
        sa.Column("own_made_cents", sa.Integer(), nullable=True),
        sa.Column("social_cents", sa.Integer(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("call_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.CheckConstraint(
            "unit IN ('place_day', 'metre_day', 'kw_day', 'vehicle_day', 'place_festival')",
            name=op.f("ck_call_price_unit"),
        ),
        sa.CheckConstraint("cents >= 0", name=op.f("ck_call_price_cents")),
        sa.ForeignKeyConstraint(
            ["call_id"], ["call.id"], name=op.f("fk_call_price_call_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_call_price")),
    )
    with op.batch_alter_table("call_price", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_call_price_call_id"), ["call_id"], unique=False)

    op.create_table(
        "call_question",
        sa.Column("words", sa.JSON(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("required", sa.Boolean(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("call_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.CheckConstraint(
            "kind IN ('text', 'yes_no', 'number')", name=op.f("ck_call_question_kind")
        ),
        sa.ForeignKeyConstraint(
            ["call_id"], ["call.id"], name=op.f("fk_call_question_call_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_call_question")),
    )
    with op.batch_alter_table("call_question", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_call_question_call_id"), ["call_id"], unique=False)

    op.create_table(
        "call_zone",
        sa.Column("call_id", sa.Integer(), nullable=False),
        sa.Column("zone_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["call_id"], ["call.id"], name=op.f("fk_call_zone_call_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["zone_id"], ["zone.id"], name=op.f("fk_call_zone_zone_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("call_id", "zone_id", name=op.f("pk_call_zone")),
    )
    op.create_table(
        "planner_run",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("busy", sa.Integer(), nullable=True),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("seconds", sa.Integer(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("heard_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("cancel_asked", sa.Boolean(), server_default="0", nullable=False),
        sa.Column("progress", sa.JSON(), nullable=False),
        sa.Column("error", sa.String(length=400), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("kind IN ('proposal', 'calm')", name=op.f("ck_planner_run_kind")),
        sa.CheckConstraint(
            "state IN ('waiting', 'running', 'done', 'cancelled', 'failed')",
            name=op.f("ck_planner_run_state"),
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_planner_run_person_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["plan_id"],
            ["plan_version.id"],
            name=op.f("fk_planner_run_plan_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_planner_run")),
        sa.UniqueConstraint("busy", name=op.f("uq_planner_run_busy")),
    )
    with op.batch_alter_table("planner_run", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_planner_run_plan_id"), ["plan_id"], unique=False)

    op.create_table(
        "street_closure",
        sa.Column("name", sa.JSON(), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("starts", sa.Time(), nullable=False),
        sa.Column("ends", sa.Time(), nullable=False),
        sa.Column("rows", sa.JSON(), server_default="[]", nullable=False),
        sa.Column("words", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("venue_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.CheckConstraint("last_day >= first_day", name=op.f("ck_street_closure_period")),
        sa.ForeignKeyConstraint(
            ["venue_id"], ["venue.id"], name=op.f("fk_street_closure_venue_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_street_closure")),
    )
    with op.batch_alter_table("street_closure", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_street_closure_venue_id"), ["venue_id"], unique=False)

    op.create_table(
        "application_answer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("application_id", sa.Integer(), nullable=False),
        sa.Column("question_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(length=1000), nullable=False),
        sa.ForeignKeyConstraint(
            ["application_id"],
            ["application.id"],
            name=op.f("fk_application_answer_application_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["question_id"],
            ["call_question.id"],
            name=op.f("fk_application_answer_question_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_application_answer")),
        sa.UniqueConstraint(
            "application_id",
            "question_id",
            name=op.f("uq_application_answer_application_id_question_id"),
        ),
    )
    op.create_table(
        "application_document",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("application_id", sa.Integer(), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("has", sa.Boolean(), nullable=False),
        sa.Column("note", sa.String(length=120), nullable=False),
        sa.ForeignKeyConstraint(
            ["application_id"],
            ["application.id"],
            name=op.f("fk_application_document_application_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["document_id"],
            ["call_document.id"],
            name=op.f("fk_application_document_document_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_application_document")),
        sa.UniqueConstraint(
            "application_id",
            "document_id",
            name=op.f("uq_application_document_application_id_document_id"),
        ),
    )
    op.create_table(
        "application_message",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("application_id", sa.Integer(), nullable=False),
        sa.Column("writer", sa.String(), nullable=False),
        sa.Column("text", sa.String(length=1000), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "writer IN ('office', 'applicant')", name=op.f("ck_application_message_writer")
        ),
        sa.ForeignKeyConstraint(
            ["application_id"],
            ["application.id"],
            name=op.f("fk_application_message_application_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_application_message")),
    )
    with op.batch_alter_table("application_message", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_application_message_application_id"), ["application_id"], unique=False
        )

    op.create_table(
        "application_step",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("application_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("from_state", sa.String(), nullable=True),
        sa.Column("to_state", sa.String(), nullable=False),
        sa.Column("by_rule", sa.Boolean(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("note", sa.String(length=600), nullable=False),
        sa.CheckConstraint(
            "from_state IN ('draft', 'submitted', 'asked', 'accepted', 'waiting', 'refused', 'withdrawn')",
            name=op.f("ck_application_step_from_state"),
        ),
        sa.CheckConstraint(
            "to_state IN ('draft', 'submitted', 'asked', 'accepted', 'waiting', 'refused', 'withdrawn')",
            name=op.f("ck_application_step_to_state"),
        ),
        sa.ForeignKeyConstraint(
            ["application_id"],
            ["application.id"],
            name=op.f("fk_application_step_application_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
            name=op.f("fk_application_step_person_id"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_application_step")),
    )
    with op.batch_alter_table("application_step", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_application_step_application_id"), ["application_id"], unique=False
        )

    op.create_table(
        "application_wish",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("application_id", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("stall_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["application_id"],
            ["application.id"],
            name=op.f("fk_application_wish_application_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["stall_id"],
            ["stall.id"],
            name=op.f("fk_application_wish_stall_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_application_wish")),
        sa.UniqueConstraint(
            "application_id", "place", name=op.f("uq_application_wish_application_id_place")
        ),
        sa.UniqueConstraint(
            "application_id", "stall_id", name=op.f("uq_application_wish_application_id_stall_id")
        ),
    )
    op.create_table(
        "event_performer",
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("vendor_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["event_id"], ["event.id"], name=op.f("fk_event_performer_event_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["vendor_id"],
            ["vendor.id"],
            name=op.f("fk_event_performer_vendor_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event_performer")),
        sa.UniqueConstraint(
            "event_id", "position", name=op.f("uq_event_performer_event_id_position")
        ),
    )
    with op.batch_alter_table("event_performer", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_event_performer_event_id"), ["event_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_event_performer_vendor_id"), ["vendor_id"], unique=False
        )

    op.create_table(
        "planned_place",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("stall_id", sa.Integer(), nullable=False),
        sa.Column("application_id", sa.Integer(), nullable=True),
        sa.Column("vendor_id", sa.Integer(), nullable=True),
        sa.Column("by_hand", sa.Boolean(), server_default="0", nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.CheckConstraint(
            "(application_id IS NULL) <> (vendor_id IS NULL)", name=op.f("ck_planned_place_whose")
        ),
        sa.ForeignKeyConstraint(
            ["application_id"],
            ["application.id"],
            name=op.f("fk_planned_place_application_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["plan_id"],
            ["plan_version.id"],
            name=op.f("fk_planned_place_plan_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["stall_id"], ["stall.id"], name=op.f("fk_planned_place_stall_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["vendor_id"],
            ["vendor.id"],
            name=op.f("fk_planned_place_vendor_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_planned_place")),
        sa.UniqueConstraint(
            "plan_id", "day", "stall_id", name=op.f("uq_planned_place_plan_id_day_stall_id")
        ),
    )
    with op.batch_alter_table("planned_place", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_planned_place_application_id"), ["application_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_planned_place_vendor_id"), ["vendor_id"], unique=False)

    with op.batch_alter_table("event", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("set_up_min", sa.Integer(), server_default="0", nullable=False)
        )
        batch_op.add_column(
            sa.Column("clearing_min", sa.Integer(), server_default="0", nullable=False)
        )
        batch_op.add_column(sa.Column("crosses", sa.JSON(), server_default="[]", nullable=False))
        batch_op.add_column(sa.Column("loud", sa.Boolean(), server_default="0", nullable=False))
        batch_op.add_column(
            sa.Column("published", sa.Boolean(), server_default="1", nullable=False)
        )
        batch_op.add_column(sa.Column("version", sa.Integer(), server_default="1", nullable=False))

        batch_op.create_check_constraint(
            op.f("ck_event_minutes"), "set_up_min >= 0 AND clearing_min >= 0"
        )
