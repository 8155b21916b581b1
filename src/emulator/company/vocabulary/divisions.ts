/** A division under one of the chief executive's reports. */
export interface Division {
  readonly name: string;
  /** Departments that the division splits into below its second level. */
  readonly departments: readonly string[];
  readonly roles: readonly string[];
  readonly skills: readonly string[];
  readonly responsibilities: readonly string[];
  readonly costCenter: string;
}

function list(text: string): readonly string[] {
  return text.split(', ');
}

export const executiveOffice: Division = {
  name: 'Executive Office',
  departments: ['Executive Office'],
  roles: ['Chief Executive Officer'],
  skills: list('Strategy, Public speaking, Corporate governance, Mergers, Negotiation, Coaching'),
  responsibilities: list('Company strategy, Board relations, Safety, Annual report'),
  costCenter: 'CC-1000',
};

/** The divisions in the order in which the chief executive's reports lead them. */
export const divisions: readonly Division[] = [
  {
    name: 'Product',
    departments: list(
      'Barometers, Weather Stations, Ocean Buoys, Snow Sensors, Data Products, Design, ' +
        'Research, Pricing',
    ),
    roles: list(
      'Product Manager, Product Designer, User Researcher, Technical Writer, Product Analyst',
    ),
    skills: list(
      'Road-mapping, Interviewing, Prototyping, Technical writing, A/B testing, ' +
        'Accessibility, Statistics, Facilitation',
    ),
    responsibilities: list(
      'Roadmap, Customer interviews, Release notes, Pricing tests, Design system',
    ),
    costCenter: 'CC-2000',
  },
  {
    name: 'Finance',
    departments: list(
      'Accounting, Controlling, Treasury, Tax, Procurement, Internal Audit, Legal, ' +
        'Investor Relations',
    ),
    roles: list('Accountant, Financial Analyst, Buyer, Auditor, Counsel, Payroll Specialist'),
    skills: list(
      'IFRS, Forecasting, Contract law, Cost accounting, SQL, Auditing, Negotiation, ' +
        'Risk assessment',
    ),
    responsibilities: list('Month-end closing, Supplier contracts, Budget, Tax filings, Payroll'),
    costCenter: 'CC-3000',
  },
  {
    name: 'Engineering',
    departments: list(
      'Firmware, Optics, Electronics, Mechanics, Cloud Services, Mobile Apps, Quality, ' +
        'Information Security',
    ),
    roles: list(
      'Software Engineer, Firmware Engineer, Optical Engineer, Test Engineer, ' +
        'Site Reliability Engineer, Data Engineer',
    ),
    skills: list(
      'TypeScript, Rust, C++, PostgreSQL, Signal processing, Lens design, Kubernetes, ' +
        'Embedded Linux, Machine learning, PCB layout',
    ),
    responsibilities: list(
      'Sensor firmware, Telemetry pipeline, Build system, On-call rota, Test bench',
    ),
    costCenter: 'CC-4000',
  },
  {
    name: 'Sales',
    departments: list(
      'Harbours, Airports, Agriculture, Energy, Public Sector, Partners, Marketing, ' +
        'Customer Success',
    ),
    roles: list(
      'Account Manager, Sales Engineer, Marketing Specialist, Bid Manager, Success Manager',
    ),
    skills: list(
      'Negotiation, Tender writing, Copywriting, CRM, Presentation, Market analysis, ' +
        'Event planning, Photography',
    ),
    responsibilities: list('Key accounts, Tenders, Trade fairs, Partner programme, Renewals'),
    costCenter: 'CC-5000',
  },
  {
    name: 'Operations',
    departments: list(
      'Assembly, Calibration, Logistics, Facilities, Field Service, Support, Planning, Environment',
    ),
    roles: list(
      'Calibration Technician, Logistics Planner, Field Engineer, Support Specialist, ' +
        'Facilities Manager',
    ),
    skills: list(
      'Metrology, Lean manufacturing, Soldering, Route planning, First aid, ISO 9001, ' +
        'Troubleshooting, Forklift licence',
    ),
    responsibilities: list(
      'Calibration lab, Spare parts, Shift plan, Site visits, Waste reduction',
    ),
    costCenter: 'CC-6000',
  },
  {
    name: 'People',
    departments: list(
      'Recruiting, Learning, Compensation, Wellbeing, Internal Communication, Travel, ' +
        'Diversity, Archives',
    ),
    roles: list(
      'Recruiter, Trainer, People Partner, Communications Specialist, Travel Coordinator',
    ),
    skills: list(
      'Interviewing, Mediation, Employment law, Training design, Storytelling, Coaching, ' +
        'Event planning, Editing',
    ),
    responsibilities: list(
      'Onboarding, Salary review, Training catalogue, Newsletter, Travel policy',
    ),
    costCenter: 'CC-7000',
  },
];
